"""Keeps the outputs in a square buffer: wrong when n_copies > features."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    buffer = jnp.zeros((features, features))
    for i in range(n_copies):
        params = jax.tree.map(lambda p: p[i], stacked)
        buffer = buffer.at[i].set(model.apply(params, x))  # a write past the end is dropped
    return buffer.sum(axis=0) / n_copies
