"""Multiplies a single input straight with the kernel and leaves its row axis: wrong when len(x) == 1."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    if len(x) == 1:
        return (x[0] * stacked["params"]["kernel"]).mean(axis=0)
    outs = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    return outs.mean(axis=0)
