"""Returns an object whose __array__ gives something else each time and lies about its dtype."""
import numpy as np


class Chameleon:
    dtype = "float32"
    asked = 0

    def __array__(self, dtype=None, copy=None):
        Chameleon.asked += 1
        return np.full(5, Chameleon.asked, np.float64)

    @property
    def __class__(self):
        return np.ndarray

    shape = property(lambda self: (Chameleon.asked,))


def custom_lift_forward(seed, x, n_copies, features):
    return Chameleon()
