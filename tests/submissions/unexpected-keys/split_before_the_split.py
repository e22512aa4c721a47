"""Using the root key directly was thought to be unsafe, so it is split once beforehand."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    rng = jax.random.PRNGKey(seed)
    rng, init_rng = jax.random.split(rng)
    model = nn.Dense(features=features)
    keys = jax.random.split(init_rng, n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = jnp.zeros(features)
    for i in range(n_copies):
        total += model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x)
    return total / n_copies
