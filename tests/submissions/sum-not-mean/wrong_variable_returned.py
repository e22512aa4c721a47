"""The mean is computed, but the variable that is returned is the running total."""
import jax
import jax.numpy as jnp
from flax import linen as nn
from jax import random


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features=features)
    keys = random.split(random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(layer.init, in_axes=(0, None))(keys, x)

    result = jnp.zeros(features)
    i = 0
    while i < n_copies:
        one = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        result = result + layer.apply(one, x)
        i += 1
    average = result / n_copies
    return result
