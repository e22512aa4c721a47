"""It was only tried with one copy, which has a branch of its own, so the vmap never ran."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)

    if n_copies == 1:
        # nothing to vmap over
        params = model.init(keys[0], x)
        return model.apply(params, x)

    stacked = jax.vmap(model.init)(keys, x)
    outs = [
        model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
        for i in range(n_copies)
    ]
    return sum(outs) / n_copies
