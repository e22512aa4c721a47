"""Neutral use of JAX and Flax at the sizes of the exercise: what most submissions need, compiled.

Students get this file, and it runs in the process that workers are forked from: neither may hold
the answer. So here is one plain layer, and operations each for itself on numbers without a meaning.
"""

from collections.abc import Sequence

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

# Length, rows, width: those of the cases.
SIZES = ((4, 3, 5), (4, 3, 4), (4, 4, 4), (1, 2, 18), (4, 1, 5), (21, 17, 1))


def layer(length: int, _rows: int, width: int) -> None:
    """One layer, as everybody uses it."""
    x = jnp.asarray(np.ones(length, np.float32))
    model = nn.Dense(width)
    np.asarray(model.apply(model.init(jax.random.PRNGKey(0), x), x))


def draws(length: int, rows: int, width: int) -> None:
    """Random numbers for a table of keys."""
    keys = jax.random.split(jax.random.PRNGKey(0), rows)
    draw = nn.initializers.lecun_normal()
    jax.vmap(lambda key: draw(jax.random.fold_in(key, 1), (length, width)))(keys)
    for key in (keys[0], *keys):
        np.asarray(key)


def arithmetic(length: int, rows: int, width: int) -> None:
    """One operation at a time on arrays of the sizes that occur."""
    row, table, block = jnp.zeros(width), jnp.zeros((rows, width)), jnp.ones((rows, length, width))
    vector, which = jnp.ones(length), jnp.asarray(0)
    contract = (((0,), (0,)), ((), ()))
    np.asarray(row)
    operations = (
        lambda: jax.vmap(lambda part: lax.dot_general(vector, part, contract))(block),
        lambda: jax.vmap(lambda part: part + row)(table),
        lambda: jax.vmap(lambda part, other: part + other)(table, table),
        lambda: jax.vmap(lambda _: row)(table),
        lambda: (table + row, table + table, row + row, row + 0.0, 0 + row),
        lambda: (row / rows, row / float(rows), row * (1 / rows), table / rows),
        lambda: (table.sum(axis=0), table.mean(axis=0), sum(table), row.sum(), row.mean()),
        lambda: (table[0], block[0], table[-1], table[which], block[which]),
        lambda: (jnp.take(table, 0, axis=0), jnp.take(block, 0, axis=0)),
        lambda: (jnp.stack([row] * rows), jnp.array([row] * rows), jnp.concatenate([row, row])),
        lambda: (jnp.tile(row, (rows, 1)), jnp.broadcast_to(row, (rows, width))),
        lambda: (jnp.broadcast_to(block[0], block.shape), jnp.zeros_like(row), list(table)),
    )
    for operation in operations:
        jax.tree.map(np.asarray, operation())


def use(sizes: Sequence[tuple[int, int, int]] = SIZES) -> None:
    """Do all of it at each size."""
    for size in sizes:
        layer(*size)
        draws(*size)
        arithmetic(*size)
