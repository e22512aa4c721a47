"""What a zygote answers of its forks: a pid, and how one ended."""

import struct

PID = struct.Struct(">i")
ENDING = struct.Struct(">iq")  # exit code (negative: the signal), peak RSS in KiB
