"""Lets Python's compiler compute a large power."""
n = 9**9**8


def custom_lift_forward(seed, x, n_copies, features):
    return n
