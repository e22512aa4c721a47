import flax.linen as nn
import jax
import jax.numpy as jnp


def stacked_init(seed, x, n_copies, features):
    one = nn.Dense(features).init(jax.random.PRNGKey(seed), x)
    return jax.tree.map(lambda leaf: jnp.stack([leaf] * n_copies), one)
