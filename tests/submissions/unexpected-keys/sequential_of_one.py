"""Sequential with a single layer was thought to be the same as the layer."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Sequential([nn.Dense(features=features)])
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    return outs.mean(axis=0)
