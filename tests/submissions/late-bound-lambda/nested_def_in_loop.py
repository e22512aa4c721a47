"""A def inside the loop was thought to be safer than a lambda."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    members = []
    for i in range(n_copies):
        def member(inputs):
            params = jax.tree_util.tree_map(lambda p: p[i], stacked)
            return model.apply(params, inputs)
        members.append(member)

    total = jnp.zeros(features)
    for member in members:
        total = total + member(x)
    return total / n_copies
