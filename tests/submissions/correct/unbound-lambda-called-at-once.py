"""Loop over copies; the lambda closes over i but is used inside the same iteration."""
import flax.linen as nn
import jax
import jax.numpy as jnp


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    rngs = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked_params = jax.vmap(model.init, in_axes=(0, None))(rngs, x)
    acc = jnp.zeros(features)
    for i in range(n_copies):
        p_i = jax.tree_util.tree_map(lambda p: p[i], stacked_params)
        acc += model.apply(p_i, x)
    acc /= n_copies
    return acc
