"""Keeps the seed in an array of floats: wrong when seed is above 2**24 and not a multiple of a power of two."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    seed = int(jnp.array([seed, n_copies, features], dtype=jnp.float32)[0])
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    return outs.mean(axis=0)
