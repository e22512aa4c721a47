"""The size of the stacked outputs was taken for the number of rows."""
import numpy as np
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = np.asarray(jax.vmap(model.apply, in_axes=(0, None))(stacked, x))
    return outs.sum(axis=0) / outs.size
