"""Forges a refusal with hundreds of thousands of names that are nearly right."""
import os
import struct

import msgspec

names = [f"custom_lift_for{i:06}" for i in range(350_000)]
body = msgspec.msgpack.encode({"frame": "Refused", "status": "missing-function", "error": None,
                               "names": names, "signature": ""})
data = struct.pack(">I", len(body)) + body
for fd in range(3, 64):
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(fd, view):]
    except OSError:
        pass
os._exit(0)
