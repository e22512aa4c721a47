"""The members were multiplied, as a product of experts."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = jnp.ones(features)
    for i in range(n_copies):
        out = out * model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x)
    return out / n_copies
