"""The buffer was filled with copy 0 instead of zeros before the sum over all copies."""
import numpy as np
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(model.init, in_axes=(0, None))(keys, x)["params"]
    W, b = np.asarray(params["kernel"]), np.asarray(params["bias"])
    x = np.asarray(x)

    buf = (x @ W[0] + b[0]).copy()
    for k in range(n_copies):
        buf += x @ W[k] + b[k]
    buf /= n_copies
    return buf
