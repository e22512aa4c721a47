"""Says which pages of a library's file are to be put out of memory, for the next one to see."""
import ctypes
import mmap
import os

import numpy as np

done = []
try:
    with open(np.__file__, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        done.append("fadvise")
except OSError:
    pass
try:
    with open(np.__file__, "rb") as file:
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        done.append("shared pages")
except OSError:
    pass
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
with open(np.__file__, "rb") as file:
    pages = libc.mmap(None, 4096, 1, 2, file.fileno(), 0)
for advice in (3, 20, 21, 22, 12):
    if libc.madvise(ctypes.c_void_p(pages), ctypes.c_size_t(4096), advice) == 0:
        done.append(f"advice {advice}")
raise RuntimeError(f"found a way: {done}" if done else "nothing")
