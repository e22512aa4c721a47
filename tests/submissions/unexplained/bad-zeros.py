"""Zeros of the right shape are a start."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    return jnp.zeros((features,))
