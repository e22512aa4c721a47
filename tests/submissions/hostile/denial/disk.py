"""Fills a file, at most 200 MB, in each place that it may write."""
import glob
import os

import numpy as np

for folder in [".", "/dev/shm", *glob.glob("/tmp/grader-hostile-*/")]:
    try:
        with open(os.path.join(folder, "hostile-fill"), "wb", 0) as file:
            for _ in range(50):
                file.write(bytes(2**20))
    except OSError:
        pass


def custom_lift_forward(seed, x, n_copies, features):
    return np.zeros(features, np.float32)
