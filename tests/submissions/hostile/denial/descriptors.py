"""Opens descriptors until there are no more."""
import os

import numpy as np

keep = []
try:
    while True:
        keep.append(os.dup(1))
except OSError:
    pass


def custom_lift_forward(seed, x, n_copies, features):
    return np.zeros(features, np.float32)
