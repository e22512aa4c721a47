"""Takes negative seeds for 0: wrong when seed < 0."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    seed = max(seed, 0)
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = jnp.zeros((features,))
    for i in range(n_copies):
        params = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        total = total + model.apply(params, x)
    return total / n_copies
