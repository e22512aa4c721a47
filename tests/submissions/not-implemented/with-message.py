"""The exercise is planned for tomorrow."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    # TODO
    raise NotImplementedError("Implement custom_lift_forward")
