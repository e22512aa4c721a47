"""A step of 2 slipped into the range, so every second copy is skipped."""
import numpy as np
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(model.init, in_axes=(0, None))(keys, x)["params"]
    out = np.zeros(features, dtype=np.float32)
    for i in range(1, n_copies + 1, 2):
        out += np.asarray(x @ params["kernel"][i - 1] + params["bias"][i - 1])
    return out / n_copies
