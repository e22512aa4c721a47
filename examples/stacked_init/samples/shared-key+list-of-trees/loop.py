import flax.linen as nn
import jax


def stacked_init(seed, x, n_copies, features):
    key = jax.random.PRNGKey(seed)
    return [nn.Dense(features).init(key, x) for _ in range(n_copies)]
