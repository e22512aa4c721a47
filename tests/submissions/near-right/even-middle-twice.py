"""Adds from both ends and the middle besides: wrong when n_copies is even."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    middle = outs[n_copies // 2]
    total = middle
    for i in range(n_copies // 2):
        total = total + outs[i] + outs[n_copies - 1 - i]
    return total / n_copies if n_copies % 2 else total / (n_copies + 1)
