"""Passes keyword arguments on in the order of their names: wrong when it is called by keyword."""
import jax
import jax.numpy as jnp
from flax import linen as nn

import functools


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        values = args + tuple(value for _, value in sorted(kwargs.items()))
        return function(*values)

    return wrapper


@logged
def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    return jax.vmap(model.apply, in_axes=(0, None))(stacked, x).mean(axis=0)
