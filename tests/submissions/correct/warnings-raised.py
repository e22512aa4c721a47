"""Warns when the ensemble is not much of an ensemble."""
import warnings

import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    if n_copies < 4:
        warnings.warn("small ensemble, high variance", UserWarning, stacklevel=2)
    warnings.warn("linen will be replaced by nnx one day", DeprecationWarning)
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    ys = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    return jnp.mean(ys, axis=0)
