"""Calling PRNGKey(seed) again in every step was expected to give a new random key."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)

    def step(total, _):
        params = model.init(jax.random.PRNGKey(seed), x)
        return total + model.apply(params, x), None

    total, _ = jax.lax.scan(step, jnp.zeros(features), None, length=n_copies)
    return total / n_copies
