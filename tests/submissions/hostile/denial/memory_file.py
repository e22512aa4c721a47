"""Fills an anonymous file in memory, at most 200 MB."""
import os

import numpy as np

try:
    fd = os.memfd_create("hostile")
    for _ in range(200):
        os.write(fd, bytes(2**20))
    raise RuntimeError("found a way: canary-memory")
except OSError:
    pass


def custom_lift_forward(seed, x, n_copies, features):
    return np.zeros(features, np.float32)
