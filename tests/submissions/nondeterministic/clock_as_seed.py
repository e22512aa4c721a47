"""The clock was thought to make a better seed than a fixed number."""
import time

import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    seed = time.time_ns() % (2**31)
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    return jax.vmap(model.apply, in_axes=(0, None))(stacked, x).mean(axis=0)
