"""Forges a refusal whose names are hostile, the first of them nearly right."""
import os
import struct

import msgspec

BAD = "\x1b[2J\u202e<script>\n::error::" * 1000
body = msgspec.msgpack.encode({"frame": "Refused", "status": "missing-function", "error": None,
                               "names": ["custom_lift_forwar\u202ed", "ｃustom_lift_forward", BAD],
                               "signature": ""})
for fd in range(3, 64):
    try:
        os.write(fd, struct.pack(">I", len(body)) + body)
    except OSError:
        pass
os._exit(0)
