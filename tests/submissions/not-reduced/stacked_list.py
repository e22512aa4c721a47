"""Stacking the outputs was thought to be the end of the exercise."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outputs = []
    for i in range(n_copies):
        params_i = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        outputs.append(model.apply(params_i, x))
    return jnp.stack(outputs)
