"""Only the kernel was thought to have a leading copy axis."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    acc = jnp.zeros(features)
    for i in range(n_copies):
        variables = {
            "params": {
                "kernel": stacked["params"]["kernel"][i],
                "bias": stacked["params"]["bias"],
            }
        }
        acc += model.apply(variables, x)
    return acc / n_copies
