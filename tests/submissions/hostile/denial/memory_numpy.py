"""Takes memory in arrays of 64 MiB, at most 6 GiB, and touches each page."""
import numpy as np


def custom_lift_forward(seed, x, n_copies, features):
    keep = [np.ones(2**26, np.uint8) for _ in range(96)]
    return np.float32(len(keep))
