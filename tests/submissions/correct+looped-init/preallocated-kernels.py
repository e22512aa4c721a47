"""Kernels are written into a preallocated array with .at[i].set."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    kernels = jnp.zeros((n_copies, x.shape[0], features))
    biases = jnp.zeros((n_copies, features))
    for i in range(n_copies):
        params = model.init(keys[i], x)["params"]
        kernels = kernels.at[i].set(params["kernel"])
        biases = biases.at[i].set(params["bias"])
    out = jnp.zeros(features)
    for i in range(n_copies):
        out = out + jnp.dot(x, kernels[i]) + biases[i]
    return out / n_copies
