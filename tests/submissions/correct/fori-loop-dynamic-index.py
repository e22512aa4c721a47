"""fori_loop with dynamic_index_in_dim instead of a Python loop."""
import functools

import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    def add_copy(i, total):
        pick = functools.partial(jax.lax.dynamic_index_in_dim, index=i, axis=0, keepdims=False)
        return total + model.apply(jax.tree_util.tree_map(pick, stacked), x)

    return jax.lax.fori_loop(0, n_copies, add_copy, jnp.zeros(features)) / n_copies
