"""apply was expected to pick the i-th copy of a stacked tree on its own."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = jnp.zeros((features,))
    for i in range(n_copies):
        out = out + model.apply(stacked, x)
    return out / n_copies
