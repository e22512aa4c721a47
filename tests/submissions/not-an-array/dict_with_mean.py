"""A dict with a name for the result was thought to be clearer."""
import numpy as np
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    outs = np.stack([np.asarray(model.apply(model.init(k, x), x)) for k in keys])
    return {"mean": outs.mean(axis=0), "std": outs.std(axis=0)}
