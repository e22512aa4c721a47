"""Adds in fixed point with six decimals, which overflows: wrong when an output is beyond 2147."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    scaled = jnp.round(outs * 1e6).astype(jnp.int32)
    return (scaled.astype(jnp.float32) / 1e6).mean(axis=0)
