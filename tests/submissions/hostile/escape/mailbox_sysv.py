"""Leaves a message in System V shared memory, or reads it and clears up."""
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
KEY, CREATE, EXCLUSIVE, REMOVE = 0x48535431, 0o1000, 0o2000, 0
found = "no message"
if libc.shmget(KEY, 4096, CREATE | EXCLUSIVE | 0o600) < 0:
    there = libc.shmget(KEY, 4096, 0)
    if there >= 0:
        found = "a message"
        libc.shmctl(there, REMOVE, None)
raise RuntimeError(f"found {found}")
