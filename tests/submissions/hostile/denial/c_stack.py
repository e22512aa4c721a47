"""Recurses in C: a comparison of lists that hold themselves, deeply."""
import sys

sys.setrecursionlimit(10**9)


def custom_lift_forward(seed, x, n_copies, features):
    deep = other = []
    for _ in range(10**6):
        deep, other = [deep], [other]
    return deep == other
