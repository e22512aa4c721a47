import flax.linen as nn
import jax
import jax.numpy as jnp


def stacked_init(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    trees = []
    for key in jax.random.split(jax.random.PRNGKey(seed), n_copies):
        trees.append(model.init(key, x))
    return jax.tree.map(lambda *leaves: jnp.stack(leaves), *trees)
