"""lru_cache for the model and its vmapped functions; nothing that depends on the seed is cached."""
from functools import lru_cache

import jax
from flax import linen as nn


@lru_cache(maxsize=None)
def lifted(features):
    model = nn.Dense(features=features)
    init = jax.vmap(model.init, in_axes=(0, None))
    apply = jax.vmap(model.apply, in_axes=(0, None))
    return init, apply


def custom_lift_forward(seed, x, n_copies, features):
    init, apply = lifted(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    return apply(init(keys, x), x).mean(axis=0)
