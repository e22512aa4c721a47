"""Recurses without an end, with the limit on it lifted."""
import sys

sys.setrecursionlimit(10**9)


def custom_lift_forward(seed, x, n_copies, features):
    return [custom_lift_forward(seed, x, n_copies, features)].__len__()
