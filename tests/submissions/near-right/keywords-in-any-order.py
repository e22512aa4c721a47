"""Passes two keyword arguments on in the wrong order: wrong when it is called by keyword."""
import jax
import jax.numpy as jnp
from flax import linen as nn

import functools


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        if kwargs:
            args = (kwargs["seed"], kwargs["x"], kwargs["features"], kwargs["n_copies"])
        return function(*args)

    return wrapper


@logged
def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    return jax.vmap(model.apply, in_axes=(0, None))(stacked, x).mean(axis=0)
