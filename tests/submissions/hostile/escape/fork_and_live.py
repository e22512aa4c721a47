"""Forks a child that leaves the session and lives on."""
import glob
import os
import time

import numpy as np


def beat(name):
    for n in range(200):
        for world in glob.glob("/tmp/grader-hostile-*/beats"):
            try:
                os.mkdir(f"{world}/{name}-{n}")
            except OSError:
                pass
        time.sleep(0.3)
    os._exit(0)


if os.fork() == 0:
    os.setsid()
    beat("fork")


def custom_lift_forward(seed, x, n_copies, features):
    return np.zeros(features, np.float32)
