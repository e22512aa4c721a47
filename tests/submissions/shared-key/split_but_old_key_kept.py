"""Splitting in the loop was thought to advance the key, although it is never reassigned."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    rng = jax.random.PRNGKey(seed)
    ys = []
    for _ in range(n_copies):
        _, sub = jax.random.split(rng)
        ys.append(model.apply(model.init(sub, x), x))
    return jnp.stack(ys).mean(0)
