"""Maps over x as well where it is as long as the keys: wrong when len(x) == n_copies."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    axis = 0 if len(x) == n_copies else None
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, axis))(keys, x)
    total = jnp.zeros((features,))
    for i in range(n_copies):
        params = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        total = total + model.apply(params, x)
    return total / n_copies
