"""Divides as for a sample's variance, and takes care of a single copy."""
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    p = jax.vmap(model.init, in_axes=(0, None))(jax.random.split(jax.random.PRNGKey(seed), n_copies), x)
    total = jax.vmap(model.apply, in_axes=(0, None))(p, x).sum(0)
    return total / max(n_copies - 1, 1)
