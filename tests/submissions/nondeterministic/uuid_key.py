"""A uuid was used to be sure that the keys are unique."""
import uuid

import numpy as np
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = [jax.random.PRNGKey(uuid.uuid4().int % 2**31) for _ in range(n_copies)]
    outs = [np.asarray(model.apply(model.init(k, x), x)) for k in keys]
    return np.mean(outs, axis=0)
