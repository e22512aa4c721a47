"""Breaks every module that a later submission will use, in this process."""
import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np

zeros = np.zeros
nn.Dense.__call__ = lambda self, x: x * 0
jax.vmap = lambda *a, **k: lambda *a, **k: 0
jnp.mean = jnp.sum = jnp.asarray = None
jax.config.update("jax_enable_x64", True)
jax.config.update("jax_default_prng_impl", "rbg")


def custom_lift_forward(seed, x, n_copies, features):
    return zeros(features, np.float32)
