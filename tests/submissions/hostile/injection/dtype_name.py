"""Returns an array-like whose dtype has a name of its own."""
import numpy as np


class Named:
    dtype = "\x1b[31m<b>\u202e::error::\n"

    def __array__(self, dtype=None, copy=None):
        return np.zeros(5, np.float32)

    @property
    def __class__(self):
        return np.generic


def custom_lift_forward(seed, x, n_copies, features):
    return Named()
