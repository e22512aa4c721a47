"""K module objects, each with its parameters, zipped together."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    models = [nn.Dense(features=features, name=f"dense_{i}") for i in range(n_copies)]
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    variables = [model.init(key, x) for model, key in zip(models, keys)]
    total = jnp.zeros(features)
    for model, v in zip(models, variables, strict=True):
        total = total + model.apply(v, x)
    return total / n_copies
