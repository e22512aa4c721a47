"""A tanh was put on the mean to keep it between -1 and 1."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    return jnp.tanh(outs.mean(axis=0))
