"""Half of the keys were reserved for a dropout that never came."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), 2 * n_copies)
    dropout_keys, param_keys = keys[:n_copies], keys[n_copies:]
    stacked = jax.vmap(model.init, in_axes=(0, None))(param_keys, x)
    kernel, bias = stacked["params"]["kernel"], stacked["params"]["bias"]
    return jnp.mean(x @ kernel + bias, axis=0)
