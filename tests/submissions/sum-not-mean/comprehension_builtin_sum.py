"""sum() over the copies was taken for the averaging step."""
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    return sum(
        model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
        for i in range(n_copies)
    )
