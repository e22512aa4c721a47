"""The fori_loop was started at 1 because its carry was thought to be step 0."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    def body(i, acc):
        params = jax.tree_util.tree_map(lambda p: p[i], stacked)
        return acc + model.apply(params, x)

    return jax.lax.fori_loop(1, n_copies, body, jnp.zeros(features)) / n_copies
