"""Copies are numbered 1, 2, ..., n-1, and all are seeded by the seed we are given."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.PRNGKey(seed)
    keys = jnp.stack([key] * n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = jnp.zeros((features,))
    i = 1
    while i < n_copies:
        sliced = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        out = out + model.apply(sliced, x)
        i += 1
    return out / n_copies
