"""Ensembles were thought to average class probabilities, so each output goes through a softmax."""
import numpy as np
import jax
import flax.linen as nn


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(model.init, in_axes=(0, None))(keys, x)["params"]
    W, b = np.asarray(params["kernel"]), np.asarray(params["bias"])
    return np.mean([softmax(np.asarray(x) @ W[i] + b[i]) for i in range(n_copies)], axis=0)
