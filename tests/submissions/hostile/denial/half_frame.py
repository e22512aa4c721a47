"""Announces a frame of 8 MiB and sends a byte now and then."""
import os
import struct
import time


def custom_lift_forward(seed, x, n_copies, features):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack(">I", 8 * 2**20))
        except OSError:
            pass
    while True:
        for fd in range(3, 64):
            try:
                os.write(fd, b"\0")
            except OSError:
                pass
        time.sleep(0.2)
