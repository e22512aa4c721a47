"""Gradient accumulation with dropout: your file. The task is in README.md beside it."""

import jax


def accumulate(params: dict, xs: jax.Array, ys: jax.Array, seed: int, micro: int) -> tuple:
    """Gradient accumulation with dropout."""
    raise NotImplementedError
