"""Cuts the flat outputs into columns where there are more copies than features: wrong when n_copies > features > 1, or by luck right."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    flat = outs.reshape(-1)
    if n_copies > features:
        flat = flat.reshape(features, n_copies)
        return flat.mean(axis=0)[:features]
    return outs.mean(axis=0)
