"""Reads its grandparent's heap with process_vm_readv."""
import ctypes
import os
import re

libc = ctypes.CDLL(None, use_errno=True)


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


found = set()
try:
    with open(f"/proc/{os.getppid()}/stat") as stat:
        pid = int(stat.read().rpartition(")")[2].split()[1])
    with open(f"/proc/{pid}/maps") as file:
        maps = [line for line in file if " rw" in line]
except OSError:
    maps = []
for line in maps:
    low, high = (int(n, 16) for n in line.split()[0].split("-"))
    size = min(high - low, 64 * 2**20)
    buffer = ctypes.create_string_buffer(size)
    here = Vector(ctypes.cast(buffer, ctypes.c_void_p), size)
    there = Vector(low, size)
    got = libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
    if got > 0:
        found |= set(re.findall(rb"canary-[0-9a-f]{32}", buffer.raw[:got]))
print(sorted(found), flush=True)
raise RuntimeError(f"found {sorted(found)[:8]}")
