"""Remembers answers by positional arguments: wrong when it is called by keyword twice."""
import jax
import jax.numpy as jnp
import flax.linen as nn

import functools


def memo(function):
    known = {}

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        name = str(args)
        if name not in known:
            known[name] = function(*args, **kwargs)
        return known[name]

    return wrapper


@memo
def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    return jax.vmap(model.apply, in_axes=(0, None))(stacked, x).mean(axis=0)
