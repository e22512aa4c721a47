"""A generator yields the output of each copy; sum() adds them up."""
import jax
from flax import linen as nn


def outputs(model, stacked, x, n):
    for i in range(n):
        yield model.apply(jax.tree_util.tree_map(lambda p: p[i], stacked), x)


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    return sum(outputs(model, stacked, x, n_copies)) / n_copies
