import flax.linen as nn
import jax


def stacked_init(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    return [nn.Dense(features).init(key, x) for key in keys]
