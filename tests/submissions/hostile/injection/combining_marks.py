"""Raises a letter under hundreds of marks."""


def custom_lift_forward(seed, x, n_copies, features):
    raise ValueError("e" + "\u0301\u0300\u20dd" * 5000)
