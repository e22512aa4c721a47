import flax.linen as nn
import jax


def stacked_init(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    return jax.vmap(nn.Dense(features).init, in_axes=(0, None))(keys, x)
