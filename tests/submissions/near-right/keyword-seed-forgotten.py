"""Has a wrapper that fills in a default seed for what came by keyword: wrong when it is called by keyword."""
import jax
import jax.numpy as jnp
import flax.linen as nn

from functools import wraps


def seeded(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        if not args:
            kwargs["seed"] = 0
        return function(*args, **kwargs)

    return wrapper


@seeded
def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = [model.apply(jax.tree.map(lambda p: p[i], stacked), x) for i in range(n_copies)]
    return sum(outs) / n_copies
