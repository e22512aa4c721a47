"""The ensemble of n copies is the ensemble of n copies, averaged."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    return custom_lift_forward(seed, x, n_copies, features) / n_copies
