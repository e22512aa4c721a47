"""Stops as soon as the running mean moves by less than 1e-3: wrong with small x."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    mean = outs[0]
    for i in range(1, n_copies):
        new = mean + (outs[i] - mean) / (i + 1)
        if jnp.abs(new - mean).max() < 1e-3:
            break
        mean = new
    return mean
