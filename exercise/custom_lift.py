"""Roll your own ensemble lift: your file. The task is in README.md beside it."""

import jax


def custom_lift_forward(seed: int, x: jax.Array, n_copies: int, features: int) -> jax.Array:
    """Average `n_copies` independent Dense layers over the same input.

    Args:
        seed: the one source of randomness.
        x: the input, shape (in_dim,), float32; every copy sees all of it.
        n_copies: how many copies there are, K >= 1.
        features: the width of each copy's output, F >= 1.

    Returns:
        The mean of the copies' outputs: shape (features,), float32.
    """
    # TODO: one model, one key a copy, one vmapped init, then apply each copy and average.
    raise NotImplementedError
