"""A new seed per copy was thought to be the same as splitting the key."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    out = jnp.zeros(features)
    for i in range(n_copies):
        params = model.init(jax.random.PRNGKey(seed + i), x)
        out = out + model.apply(params, x)
    return out / n_copies
