"""The helper's default seed is used because the call leaves the seed out."""
import numpy as np
import jax
import flax.linen as nn


def make_params(model, x, n, seed=123):
    keys = jax.random.split(jax.random.PRNGKey(seed), n)
    return jax.vmap(model.init, in_axes=(0, None))(keys, x)


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    params = make_params(model, x, n_copies)["params"]
    W = np.asarray(params["kernel"])
    b = np.asarray(params["bias"])
    return np.mean([np.asarray(x) @ W[i] + b[i] for i in range(n_copies)], axis=0)
