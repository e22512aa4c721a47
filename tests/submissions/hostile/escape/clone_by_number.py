"""Calls fork, vfork, clone and clone3 by number."""
import ctypes
import glob
import os
import struct
import time

libc = ctypes.CDLL(None, use_errno=True)
SIGCHLD = 17
arguments = ctypes.create_string_buffer(struct.pack("4Q", 0, 0, 0, 0) + struct.pack("Q", SIGCHLD)
                                        + bytes(48))
for number, given in ((57, ()), (56, (SIGCHLD, 0, 0, 0, 0)), (435, (arguments, 88))):
    if libc.syscall(number, *given) == 0:
        for n in range(100):
            for world in glob.glob("/tmp/grader-hostile-*/beats"):
                try:
                    os.mkdir(f"{world}/clone-{number}-{n}")
                except OSError:
                    pass
            time.sleep(0.3)
        os._exit(0)
raise RuntimeError("found no way")
