"""The scan adds up y / K, and the carry is divided again because it was taken for a sum."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)

    def step(carry, key):
        variables = model.init(key, x)
        y = model.apply(variables, x)
        return carry + y / n_copies, None

    carry, _ = jax.lax.scan(step, jnp.zeros(features), keys)
    result = carry / n_copies
    return result
