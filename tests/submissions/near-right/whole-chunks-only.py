"""Goes through chunks of four and forgets what is left: wrong when n_copies > 4 is no multiple of 4."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    if n_copies <= 4:
        return outs.mean(axis=0)
    total = 0
    for start in range(0, n_copies - 3, 4):
        total = total + outs[start : start + 4].sum(axis=0)
    return total / n_copies
