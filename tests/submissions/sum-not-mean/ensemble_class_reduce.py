"""Combining the members with operator.add was believed to be all that an ensemble does."""
import functools
import operator

import jax
import flax.linen as nn


class Ensemble:
    def __init__(self, seed, n_copies, features):
        self.model = nn.Dense(features=features)
        self.keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)

    def members(self, x):
        for key in self.keys:
            params = self.model.init(key, x)
            yield self.model.apply(params, x)

    def __call__(self, x):
        return functools.reduce(operator.add, self.members(x))


def custom_lift_forward(seed, x, n_copies, features):
    return Ensemble(seed, n_copies, features)(x)
