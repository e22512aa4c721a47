"""Writing into the buffer was thought to add to what it held."""
import numpy as np
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    kernels = stacked["params"]["kernel"]
    biases = stacked["params"]["bias"]

    buf = np.zeros(features, dtype=np.float32)
    for W, b in zip(kernels, biases):
        buf[:] = np.asarray(x) @ np.asarray(W) + np.asarray(b)
    return buf / n_copies
