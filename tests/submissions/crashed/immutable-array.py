"""The rows of an array are filled in one by one."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    rows = jnp.zeros((n_copies, features))
    for i in range(n_copies):
        rows[i] = model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
    return rows.mean(axis=0)
