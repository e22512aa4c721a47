"""A thread writes answers into the channel while the calls are going on."""
import os
import struct
import threading
import time

import msgspec
import numpy as np

body = msgspec.msgpack.encode({"frame": "Returned", "type": "ndarray", "bare": True,
                               "mutated": False, "array": {"frame": "Array", "dtype": "float32",
                               "shape": [5], "data": bytes(20)}})


def later():
    while True:
        for fd in range(3, 64):
            try:
                os.write(fd, struct.pack(">I", len(body)) + body)
            except OSError:
                pass
        time.sleep(0.05)


threading.Thread(target=later, daemon=True).start()


def custom_lift_forward(seed, x, n_copies, features):
    time.sleep(0.1)
    return np.zeros(features, np.float32)
