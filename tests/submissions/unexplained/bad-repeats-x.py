"""The output of a layer is its input, brought to the right length."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    return jnp.resize(x, (features,))
