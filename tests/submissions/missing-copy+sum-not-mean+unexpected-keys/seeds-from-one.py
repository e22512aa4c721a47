"""The seed belongs to the original, its copies get seed + 1, seed + 2 and so on, and are added up."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    out = jnp.zeros((features,))
    for i in range(1, n_copies):
        params = model.init(jax.random.PRNGKey(seed + i), x)
        out = out + model.apply(params, x)
    return out
