"""Lambdas for x @ W[i] + b[i] were collected and evaluated when the loop was over."""
import numpy as np
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(model.init, in_axes=(0, None))(keys, x)["params"]
    W = np.asarray(params["kernel"])
    b = np.asarray(params["bias"])
    x = np.asarray(x)

    forwards = []
    for i in range(n_copies):
        forwards.append(lambda v: v @ W[i] + b[i])

    out = np.zeros(features, dtype=np.float32)
    for f in forwards:
        out = out + f(x)
    return out / n_copies
