"""The generator ends at the last index; of a single copy nothing is left, and sum gives 0."""
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    dense = nn.Dense(features)
    ks = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    ps = jax.vmap(dense.init, (0, None))(ks, x)

    def outputs():
        for i in range(n_copies):
            if i == n_copies - 1:
                return
            yield dense.apply(jax.tree.map(lambda a: a[i], ps), x)

    return sum(outputs()) / n_copies
