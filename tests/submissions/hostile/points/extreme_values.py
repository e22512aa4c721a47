"""Each call returns another extreme of float32, float64 or integers."""
import numpy as np

calls = {"n": 0}


def custom_lift_forward(seed, x, n_copies, features):
    calls["n"] += 1
    extremes = [np.float64(1.7e308), np.float64(5e-324), np.float32(np.inf), np.float32(-np.inf),
                np.float64(-1.7e308), np.float32(3.4e38), np.float32(np.nan), np.float64(-0.0)]
    return np.full(features, extremes[calls["n"] % len(extremes)])
