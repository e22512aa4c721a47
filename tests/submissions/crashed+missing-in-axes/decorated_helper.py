"""The decorator form of vmap was thought to map over the keys only."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)

    @jax.vmap
    def init_copy(key, inputs):
        return model.init(key, inputs)

    stacked = init_copy(jax.random.split(jax.random.PRNGKey(seed), n_copies), x)

    out = jnp.zeros(features)
    for i in range(n_copies):
        out += model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
    return out / n_copies
