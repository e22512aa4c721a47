"""Checks its inputs and every intermediate shape."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    assert isinstance(seed, int), "seed must be an int"
    assert type(n_copies) is int and n_copies >= 1
    assert type(features) is int and features >= 1
    assert x.ndim == 1, x.shape
    assert x.dtype == jnp.float32

    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    assert keys.shape == (n_copies, 2)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    assert stacked["params"]["kernel"].shape == (n_copies, len(x), features)

    total = jnp.zeros((features,))
    for i in range(n_copies):
        params = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        y = model.apply(params, x)
        assert y.shape == total.shape
        total = total + y
    return total / n_copies
