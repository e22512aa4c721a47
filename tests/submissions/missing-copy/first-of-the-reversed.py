"""Turns the keys round, which is harmless, and then takes one copy in every turn."""
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)[::-1]
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outputs = []
    for i in range(n_copies):
        one = jax.tree.map(lambda leaf: leaf[0], stacked)
        outputs.append(model.apply(one, x))
    return sum(outputs) / n_copies
