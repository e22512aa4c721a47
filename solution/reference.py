"""The right implementation, as a composition of steps that a pitfall can replace one at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flax.linen as nn
import jax
import jax.numpy as jnp

Array = Any
Tree = Any


def split_keys(seed: int, n_copies: int) -> Array:
    """One key a copy, all from the seed."""
    return jax.random.split(jax.random.PRNGKey(seed), n_copies)


def dense(features: int) -> nn.Module:
    """The layer that is copied."""
    return nn.Dense(features=features)


def map_over_keys(model: nn.Module, keys: Array, x: Array) -> Tree:
    """Parameters of all copies: every leaf has a leading axis of length n_copies."""
    return jax.vmap(model.init, in_axes=(0, None))(keys, x)


def slice_copy(stacked: Tree, i: int) -> Tree:
    """The parameters of copy i."""
    return jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)


def add_up(model: nn.Module, copies: Callable[[int], Tree], x: Array, n_copies: int) -> Array:
    """The sum of the copies' outputs; `copies(i)` gives the parameters of copy i."""
    total = jnp.zeros(model.features)
    for i in range(n_copies):
        total = total + model.apply(copies(i), x)
    return total


def divide(total: Array, n_copies: int) -> Any:
    """The mean, from the sum."""
    return total / n_copies


@dataclass(frozen=True)
class Steps:
    """The replaceable parts of the reference."""

    keys: Callable[[int, int], Array] = split_keys
    model: Callable[[int], nn.Module] = dense
    init: Callable[[nn.Module, Array, Array], Tree] = map_over_keys
    pick: Callable[[Tree, int], Tree] = slice_copy
    gather: Callable[[nn.Module, Callable[[int], Tree], Array, int], Array] = add_up
    finish: Callable[[Array, int], Any] = divide

    def __call__(self, seed: int, x: Array, n_copies: int, features: int) -> Any:
        """The exercise's function, made of these steps."""
        model = self.model(features)
        stacked = self.init(model, self.keys(seed, n_copies), x)
        total = self.gather(model, lambda i: self.pick(stacked, i), x, n_copies)
        return self.finish(total, n_copies)


custom_lift_forward = Steps()
