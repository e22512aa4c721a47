"""Averaged random weights are random numbers."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    return jax.random.normal(jax.random.PRNGKey(seed), (features,))
