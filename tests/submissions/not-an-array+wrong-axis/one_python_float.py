"""The ensemble's answer was thought to be one number, returned as a float."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    def body(total, params):
        return total + model.apply(params, x), None

    total, _ = jax.lax.scan(body, jnp.zeros(features), stacked)
    return float(jnp.mean(total / n_copies))
