"""Defaults on the sizes and two extra positional arguments."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies=3, features=8, use_bias=True, verbose=False):
    model = nn.Dense(features=features, use_bias=use_bias)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    if verbose:
        print(jax.tree_util.tree_map(jnp.shape, stacked))
    total = jnp.zeros(features)
    for i in range(n_copies):
        total = total + model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
    return total / n_copies
