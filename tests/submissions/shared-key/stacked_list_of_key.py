"""A list with the key in it K times looked like K keys."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.PRNGKey(seed)
    keys = jnp.stack([key] * n_copies)  # (K, 2)

    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    total = jnp.zeros((features,))
    for i in range(n_copies):
        params_i = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        total += model.apply(params_i, x)
    return total / n_copies
