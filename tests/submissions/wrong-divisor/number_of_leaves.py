"""len() of the parameter dict was thought to be the number of copies."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    def add(total, params):
        return total + model.apply(params, x), ()

    total, _ = jax.lax.scan(add, jnp.zeros(features), stacked)
    return total / len(stacked["params"])
