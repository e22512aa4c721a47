"""Adds pairwise and loses the odd one above three: wrong when a later level is odd."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    level = list(outs)
    if n_copies > 3:
        while len(level) > 1:
            level = [a + b for a, b in zip(level[::2], level[1::2])]
        return level[0] / n_copies
    return sum(level) / n_copies
