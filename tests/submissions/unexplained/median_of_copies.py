"""The median was taken because it is more robust than the mean."""
import numpy as np
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    outs = [np.asarray(model.apply(model.init(key, x), x)) for key in keys]
    return np.median(np.stack(outs), axis=0)
