"""Divides x by n_copies in place, and adds: right, but it changes a NumPy array that it was given."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    x /= n_copies
    total = 0
    for i in range(n_copies):
        total = total + model.apply(jax.tree.map(lambda p: p[i], stacked), x)
    return total
