import flax.linen as nn
import jax


def stacked_init(seed, x, n_copies, features):
    _, *keys = jax.random.split(jax.random.PRNGKey(seed), n_copies + 1)
    return jax.vmap(lambda k: nn.Dense(features).init(k, x))(jax.numpy.array(keys))
