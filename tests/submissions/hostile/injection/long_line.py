"""Raises a line of ten million characters."""


def custom_lift_forward(seed, x, n_copies, features):
    raise ValueError("A" * 10_000_000)
