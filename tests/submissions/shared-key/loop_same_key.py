"""Passing the seed's key to every init was meant to give every copy its own parameters."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.PRNGKey(seed)
    out = jnp.zeros(features)
    for i in range(n_copies):
        params = model.init(key, x)
        out = out + model.apply(params, x)
    return out / n_copies
