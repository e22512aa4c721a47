"""Attaches to its parent and to its own first thread."""
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SEIZE, DETACH = 0x4206, 17
done = []
for pid in (os.getppid(), 1):
    if libc.ptrace(SEIZE, pid, None, None) == 0:
        done.append("traced")
        libc.ptrace(DETACH, pid, None, None)
raise RuntimeError(f"found {'a way: canary-traced' if done else 'no way'}")
