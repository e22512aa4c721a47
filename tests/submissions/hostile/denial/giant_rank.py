"""Returns an array with 64 axes."""
import numpy as np


def custom_lift_forward(seed, x, n_copies, features):
    return np.zeros((1,) * 64, np.float32)
