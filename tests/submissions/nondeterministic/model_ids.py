"""The id of each model object was thought to be a seed that belongs to that copy."""
import jax
import jax.numpy as jnp
import flax.linen as nn

MODELS = []


def custom_lift_forward(seed, x, n_copies, features):
    total = jnp.zeros(features)
    for _ in range(n_copies):
        model = nn.Dense(features=features)
        MODELS.append(model)  # keep them for later
        key = jax.random.PRNGKey(id(model) % (2**31))
        total = total + model.apply(model.init(key, x), x)
    return total / n_copies
