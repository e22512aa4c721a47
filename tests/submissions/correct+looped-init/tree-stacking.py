"""One init per copy, then the trees are stacked, and sliced again in the loop."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    trees = []
    for key in jax.random.split(jax.random.PRNGKey(seed), n_copies):
        trees.append(model.init(key, x))
    stacked = jax.tree_util.tree_map(lambda *leaves: jnp.stack(leaves), *trees)

    total = jnp.zeros(features)
    for i in range(n_copies):
        total = total + model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
    return total / n_copies
