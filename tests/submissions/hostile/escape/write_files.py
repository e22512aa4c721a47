"""Makes files, folders and links wherever it may."""
import glob
import os

import numpy as np

for folder in [".", "/tmp", "/dev/shm", "/var/tmp", *glob.glob("/tmp/grader-hostile-*/*/")]:
    for make in (
        lambda path: open(path, "w").close(),
        lambda path: os.mkdir(path + "-d"),
        lambda path: os.symlink("/etc/passwd", path + "-l"),
        lambda path: os.link(__file__, path + "-h"),
    ):
        try:
            make(os.path.join(folder, "hostile-file"))
        except OSError:
            pass


def custom_lift_forward(seed, x, n_copies, features):
    return np.zeros(features, np.float32)
