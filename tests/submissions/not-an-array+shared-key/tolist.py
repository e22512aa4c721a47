"""A 1-D result is a plain list of numbers, and the same key makes the run reproducible."""
import jax
import flax.linen as nn
import jax.numpy as jnp


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.PRNGKey(seed)
    stacked = jax.vmap(model.init, in_axes=(0, None))(jnp.array([key] * n_copies), x)
    out = jnp.zeros(features)
    for i in range(n_copies):
        out += model.apply(jax.tree_util.tree_map(lambda p: p[i], stacked), x)
    return (out / n_copies).tolist()
