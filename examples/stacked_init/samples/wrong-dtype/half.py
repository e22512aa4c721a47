import flax.linen as nn
import jax
import jax.numpy as jnp


def stacked_init(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    tree = jax.vmap(nn.Dense(features).init, in_axes=(0, None))(keys, x)
    return jax.tree.map(lambda p: p.astype(jnp.float16), tree)
