"""Callbacks registered in the loop were thought to keep the value of copy."""
import jax
import jax.numpy as jnp
import flax.linen as nn


class Ensemble:
    def __init__(self, model, stacked, n_copies):
        self.callbacks = []
        for copy in range(n_copies):
            def callback(inputs):
                sliced = jax.tree_util.tree_map(lambda p: p[copy], stacked)
                return model.apply(sliced, inputs)
            self.callbacks.append(callback)

    def mean(self, inputs):
        results = [cb(inputs) for cb in self.callbacks]
        return sum(results) / len(results)


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    return Ensemble(model, stacked, n_copies).mean(x)
