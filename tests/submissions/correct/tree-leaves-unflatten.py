"""Flattens the stacked tree and rebuilds one tree for each copy."""
import jax
import jax.numpy as jnp
import flax.linen as nn
from jax.tree_util import tree_flatten, tree_unflatten


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    leaves, treedef = tree_flatten(stacked)
    total = jnp.zeros(features)
    for copy_leaves in zip(*leaves):
        total = total + model.apply(tree_unflatten(treedef, copy_leaves), x)
    return total / n_copies
