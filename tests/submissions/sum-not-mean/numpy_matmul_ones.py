"""A weight of one for every copy was thought to be an equal-weight average."""
import numpy as np
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    kernels = np.asarray(stacked["params"]["kernel"])
    biases = np.asarray(stacked["params"]["bias"])
    outs = np.stack([np.asarray(x) @ kernels[k] + biases[k] for k in range(n_copies)])
    weights = np.ones(n_copies, dtype=outs.dtype)
    return weights @ outs
