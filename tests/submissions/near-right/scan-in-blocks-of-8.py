"""Sums blocks of eight in a second level that starts too late: wrong when n_copies > 8."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    total = outs[:8].sum(axis=0)
    for start in range(16, n_copies, 8):
        total = total + outs[start : start + 8].sum(axis=0)
    return total / n_copies
