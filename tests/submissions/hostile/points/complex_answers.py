"""Returns complex numbers with NaN in the imaginary part."""
import numpy as np


def custom_lift_forward(seed, x, n_copies, features):
    return np.full(features, complex(0, float("nan")))
