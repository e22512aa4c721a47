"""A decorator that lifts a module class; the class itself comes from type()."""
import functools

import jax
import jax.numpy as jnp
from flax import linen as nn


def ensemble(module_cls):
    def decorate(combine):
        @functools.wraps(combine)
        def lifted(seed, x, n_copies, features):
            model = module_cls(features=features)
            keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
            over = functools.partial(jax.vmap, in_axes=(0, None))
            variables = over(getattr(model, "init"))(keys, x)
            return combine(over(getattr(model, "apply"))(variables, x))

        return lifted

    return decorate


Layer = type("Layer", (nn.Dense,), {"__doc__": "Dense under another name."})


@ensemble(Layer)
def average(outputs):
    return jnp.mean(outputs, axis=0)


globals()["custom_lift_" + "forward"] = average
