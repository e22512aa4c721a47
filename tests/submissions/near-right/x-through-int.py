"""Keeps whole numbers as int16 and wraps: wrong when x holds whole numbers beyond 32767."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    if bool((x == jnp.floor(x)).all()):
        x = x.astype(jnp.int16).astype(jnp.float32)
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    return outs.mean(axis=0)
