"""Does its forging in callbacks that run when its objects die."""
import os
import struct
import weakref

import msgspec
import numpy as np

body = msgspec.msgpack.encode({"frame": "Ready"})


class Thing:
    def __del__(self):
        claim()


def claim(*_):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack(">I", len(body)) + body)
        except OSError:
            pass


keep = []


def custom_lift_forward(seed, x, n_copies, features):
    thing = Thing()
    keep.append(weakref.ref(thing, claim))
    return np.zeros(features, np.float32)
