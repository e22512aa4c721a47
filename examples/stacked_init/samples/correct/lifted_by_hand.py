import jax
import jax.numpy as jnp
from flax import linen as nn


class Copies(nn.Module):
    features: int

    @nn.compact
    def __call__(self, x):
        return nn.Dense(self.features, name="inner")(x)


def stacked_init(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    dense = nn.Dense(features)
    first = dense.init(keys[0], x)
    rest = [dense.init(k, x) for k in keys[1:]]
    return jax.tree_util.tree_map(lambda a, *b: jnp.concatenate([q[None] for q in (a, *b)]), first, *rest)
