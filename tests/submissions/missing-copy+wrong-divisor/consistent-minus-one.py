"""Counting from zero, n_copies - 1 is the number of copies."""
# or: missing-copy
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    n = n_copies - 1
    out = jnp.zeros((features,))
    for i in range(n):
        out = out + model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
    return out / n
