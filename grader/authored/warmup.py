"""Neutral use of JAX and Flax for exercises in two files: what most submissions need, compiled.

It runs in the process that workers are forked from, and may not hold the answer: operations each
for itself, on numbers without a meaning, at the shapes of the arrays that a case hands in.
"""

from collections.abc import Sequence

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np

SIZES = ((3,), (3, 2))


def use(sizes: Sequence[tuple[int, ...]] = SIZES) -> None:
    """Do all of it at each shape."""
    key = jax.random.PRNGKey(0)
    jax.random.split(key)
    for shape in dict.fromkeys(sizes):
        a = jnp.asarray(np.ones(shape, np.float32))
        for value in (a + a, a - a, a * a, a / a, -a, a * 2.0, 2.0 * a, a / 2.0, a + 1.0, 1.0 - a):
            np.asarray(value)
        for value in (a * 2, a / 2, a.sum(), a.mean(), jnp.zeros_like(a), jnp.stack([a, a])):
            np.asarray(value)
        if len(shape) == 1:
            model = nn.Dense(2)
            np.asarray(model.apply(model.init(key, a), a))
