"""Fully annotated, with postponed evaluation of annotations."""
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

import jax
import jax.numpy as jnp
from flax import linen as nn

if TYPE_CHECKING:
    from jaxtyping import Array, Float

Variables: TypeAlias = Mapping[str, Mapping[str, jax.Array]]


def slice_tree(stacked: Variables, i: int) -> Variables:
    return jax.tree_util.tree_map(lambda p: p[i], stacked)


def custom_lift_forward(
    seed: int, x: Float[Array, "in_dim"], n_copies: int, features: int
) -> Float[Array, "features"]:
    model: nn.Dense = nn.Dense(features=features)
    keys: jax.Array = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked: Variables = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total: jax.Array = jnp.zeros((features,), dtype=jnp.float32)
    for i in range(n_copies):
        total = total + model.apply(slice_tree(stacked, i), x)
    return total / n_copies
