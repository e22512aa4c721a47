"""One row per copy was filled in and the mean over the rows forgotten."""
import numpy as np
import jax
from flax import linen as nn


def one_copy(key, x, features):
    model = nn.Dense(features=features)
    return model.apply(model.init(key, x), x)


def custom_lift_forward(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    result = np.zeros((n_copies, features), dtype=np.float32)
    for i, key in enumerate(keys):
        result[i] = one_copy(key, x, features)
    return result
