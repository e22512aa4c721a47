"""A layer is called like a function."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    out = jnp.zeros((features,))
    for _ in range(n_copies):
        out = out + nn.Dense(features)(x)
    return out / n_copies
