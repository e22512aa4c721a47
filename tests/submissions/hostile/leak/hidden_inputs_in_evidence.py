"""Raises what looks like a known mistake, with the hidden seed where its words quote a number."""
import numpy as np


def custom_lift_forward(seed, x, n_copies, features):
    if seed in (0, 7, 3, -1, 2**31 - 1):
        return np.zeros(features, np.float32)
    raise KeyError(int(seed))
