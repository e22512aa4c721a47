"""Parameters were thought to start from a standard normal distribution."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features, kernel_init=nn.initializers.normal(stddev=1.0))
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = [
        model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
        for i in range(n_copies)
    ]
    return sum(outs) / n_copies
