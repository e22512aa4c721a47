"""keepdims=True was thought to keep the output one-dimensional."""
import jax
import jax.numpy as jnp
import flax.linen as nn


class Ensemble:
    def __init__(self, model, keys):
        self.model = model
        self.keys = keys

    def __call__(self, x):
        stacked = jax.vmap(self.model.init, in_axes=(0, None))(self.keys, x)
        outs = jax.vmap(self.model.apply, in_axes=(0, None))(stacked, x)
        return jnp.mean(outs, axis=0, keepdims=True)


def custom_lift_forward(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    return Ensemble(nn.Dense(features=features), keys)(x)
