import flax.linen as nn
import jax
import jax.numpy as jnp


def stacked_init(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    trees = [nn.Dense(features).init(k, x) for k in keys]
    return jax.tree.map(lambda *p: jnp.stack(p, axis=-1), *trees)
