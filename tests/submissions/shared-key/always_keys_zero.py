"""The keys are split, but the first one goes to every copy."""
import jax
import jax.numpy as jnp
import flax.linen as nn


class Copy:
    def __init__(self, model, key, x):
        self.model = model
        self.params = model.init(key, x)

    def __call__(self, x):
        return self.model.apply(self.params, x)


def custom_lift_forward(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    copies = [Copy(nn.Dense(features=features), keys[0], x) for _ in keys]
    return sum(c(x) for c in copies) / len(copies)
