"""Split off one spare key (for later use) and initialise with the others."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    all_keys = jax.random.split(jax.random.PRNGKey(seed), n_copies + 1)
    *init_keys, _spare = all_keys
    model = nn.Dense(features=features)
    stacked = jax.vmap(model.init, in_axes=(0, None))(jnp.array(init_keys), x)
    total = jnp.zeros(features)
    for i in range(n_copies):
        total += model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x)
    return total / n_copies
