"""Raises a message of 200 MB."""


def custom_lift_forward(seed, x, n_copies, features):
    raise ValueError("\u202e" * 50_000_000)
