"""Adds from both ends and forgets the middle one of five or more: wrong when n_copies > 3 is odd."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    if n_copies <= 3:
        return outs.mean(axis=0)
    total = 0
    for i in range(n_copies // 2):
        total = total + outs[i] + outs[-1 - i]
    return total / n_copies
