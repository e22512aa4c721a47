"""Returns nested lists of a few million numbers."""


def custom_lift_forward(seed, x, n_copies, features):
    return [[0.0] * 1000] * 3000
