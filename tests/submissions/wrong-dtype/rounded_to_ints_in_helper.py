"""A helper rounds to whole numbers because the printed result looked nicer."""
import numpy as np
import jax
from flax import linen as nn


def tidy(values):
    return np.rint(values).astype(np.int64)


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(model.init, in_axes=(0, None))(keys, x)["params"]
    W, b = np.asarray(params["kernel"]), np.asarray(params["bias"])
    mean = sum(np.asarray(x) @ W[i] + b[i] for i in range(n_copies)) / n_copies
    return tidy(mean)
