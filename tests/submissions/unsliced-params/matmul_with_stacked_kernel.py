"""x @ kernel was thought to use one copy's kernel in each turn of the loop."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    kernel = stacked["params"]["kernel"]
    bias = stacked["params"]["bias"]
    out = jnp.zeros(features)
    for i in range(n_copies):
        out = out + (x @ kernel + bias)
    return out / n_copies
