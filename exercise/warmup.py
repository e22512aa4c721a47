"""Neutral use of JAX and Flax at the sizes of the exercise: what every submission needs, warm.

Runs once in the process that workers are forked from, which must not hold the answer: here are
layers and arithmetic, each for itself, and nothing that puts them together.
"""

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np

SIZES = ((4, 3, 5), (5, 4, 7), (4, 1, 5), (3, 3, 6))  # len(x), rows, width


def bank(in_axes: int | None, rows: int, width: int) -> nn.Module:
    """Give a bank of layers, one a row, for one input each or for the same input."""
    lifted = nn.vmap(
        nn.Dense,
        in_axes=in_axes,
        axis_size=rows,
        variable_axes={"params": 0},
        split_rngs={"params": True},
    )
    return lifted(width)


for length, rows, width in SIZES:
    x = jnp.asarray(np.ones(length, np.float32))
    key = jax.random.PRNGKey(0)
    keys = jax.random.split(key, rows)
    layer = nn.Dense(width)
    parameters = layer.init(key, x)
    y = jnp.asarray(layer.apply(parameters, x))
    for in_axes, given in ((None, x), (0, jnp.stack([x] * rows))):
        layers = bank(in_axes, rows, width)
        variables = jax.vmap(lambda k: layer.init(k, jnp.zeros(length)))(keys)  # noqa: B023
        table = jnp.asarray(layers.apply(layers.init(key, given), given))
        first = jax.tree.map(lambda leaf: leaf[0], variables)
        layer.apply(first, x)
    for value in (table.sum(axis=0), table.mean(axis=0), sum(table), y + y, y / rows, keys[0]):
        np.asarray(value)
