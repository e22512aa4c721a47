"""A context manager owns the accumulator."""
from contextlib import contextmanager

import jax
import jax.numpy as jnp
from flax import linen as nn


@contextmanager
def averaging(shape):
    box = {"total": jnp.zeros(shape), "n": 0}

    def add(value):
        box["total"] = box["total"] + value
        box["n"] += 1

    yield box, add
    box["mean"] = box["total"] / box["n"]


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    with jax.named_scope("init"):
        stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    with averaging((features,)) as (box, add):
        for i in range(n_copies):
            add(model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x))
    return box["mean"]
