"""The parameters are cached to save time, and the cache was thought to need no seed."""
import jax
import jax.numpy as jnp
from flax import linen as nn

_cache = {}


def get_params(model, seed, x, n_copies):
    name = (n_copies, model.features, x.shape)
    if name not in _cache:
        keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
        _cache[name] = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    return _cache[name]


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    stacked = get_params(model, seed, x, n_copies)
    outs = [
        model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
        for i in range(n_copies)
    ]
    return sum(outs) / n_copies
