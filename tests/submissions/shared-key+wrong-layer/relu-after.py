"""A layer without a nonlinearity is not a network, and the seed is the key."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.PRNGKey(seed)
    out = jnp.zeros((features,))
    for i in range(n_copies):
        params = model.init(key, x)
        out = out + nn.relu(model.apply(params, x))
    return out / n_copies
