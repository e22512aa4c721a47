"""Takes the root key where there is one copy: wrong when n_copies == 1."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    key = jax.random.PRNGKey(seed)
    if n_copies == 1:
        return model.apply(model.init(key, x), x)
    stacked = jax.vmap(model.init, in_axes=(0, None))(jax.random.split(key, n_copies), x)
    outs = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    return jnp.mean(outs, axis=0)
