"""The average is over no axes at all, so I divide by zero."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    return jnp.ones((features,)) / 0
