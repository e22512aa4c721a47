"""keys.size was thought to be the number of keys."""
import jax
import jax.numpy as jnp
import flax.linen as nn


class Ensemble:
    def __init__(self, seed, n_copies, features):
        self.keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
        self.model = nn.Dense(features=features)

    def __call__(self, x):
        total = 0.0
        for key in self.keys:
            total = total + self.model.apply(self.model.init(key, x), x)
        return total / self.keys.size


def custom_lift_forward(seed, x, n_copies, features):
    return Ensemble(seed, n_copies, features)(x)
