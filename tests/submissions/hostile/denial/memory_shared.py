"""Maps shared anonymous memory, at most 2 GiB, and touches each page."""
import mmap

import numpy as np

keep = []
try:
    for _ in range(32):
        block = mmap.mmap(-1, 2**26)
        np.ndarray(2**26, np.uint8, block)[::4096] = 1
        keep.append(block)
except OSError:
    pass
if len(keep) > 30:
    raise RuntimeError("found a way: canary-memory")


def custom_lift_forward(seed, x, n_copies, features):
    return np.zeros(features, np.float32)
