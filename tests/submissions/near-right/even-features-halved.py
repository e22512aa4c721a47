"""Puts two halves together in the wrong order: wrong when features is even."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    out = outs.mean(axis=0)
    if features % 2 == 0:
        left, right = jnp.split(out, 2)
        out = jnp.concatenate([right, left])
    return out
