"""A generic lift over any module class, specialised by functools.partial."""
import functools

import jax
import jax.numpy as jnp
from flax import linen as nn


def lift_forward(module_cls, seed, x, n_copies, features):
    model = module_cls(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out_shape = jax.eval_shape(model.apply, jax.tree.map(lambda p: p[0], stacked), x)
    total = jnp.zeros(out_shape.shape, out_shape.dtype)
    for i in range(n_copies):
        total = total + model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x)
    return total / n_copies


custom_lift_forward = functools.partial(lift_forward, nn.Dense)
