"""Says hello again, with other versions and other walls."""
import os
import struct

import msgspec

body = msgspec.msgpack.encode({"frame": "Hello", "versions": {"jax": "9.9.9"},
                               "isolation": ["everything"], "probe": {"frame": "Array",
                               "dtype": "float32", "shape": [4], "data": bytes(16)}})


def custom_lift_forward(seed, x, n_copies, features):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack(">I", len(body)) + body)
        except OSError:
            pass
    os._exit(0)
