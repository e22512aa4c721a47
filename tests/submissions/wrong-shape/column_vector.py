"""The answer was thought to be a column vector."""
import numpy as np
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = np.asarray(jax.vmap(model.apply, in_axes=(0, None))(stacked, x))
    return outs.mean(axis=0).reshape(-1, 1)
