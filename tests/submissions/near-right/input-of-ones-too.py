"""Appends a one to x for the bias, where the widths then agree: wrong when len(x) + 1 == features."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    if len(x) + 1 == features:
        x = jnp.append(x, 1.0)
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = jnp.zeros((features,))
    for i in range(n_copies):
        params = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        total = total + model.apply(params, x)
    return total / n_copies
