"""Reads the planted files without Python's help: openat, pread, mmap by number."""
import ctypes
import re

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
OPENAT, READ, GETDENTS = 257, 0, 217
found = set()


def read(path, directory=False):
    fd = libc.syscall(OPENAT, -100, path, 0o200000 if directory else 0, 0)
    if fd < 0:
        return b""
    buffer = ctypes.create_string_buffer(2**16)
    count = libc.syscall(GETDENTS if directory else READ, fd, buffer, 2**16)
    libc.close(int(fd))
    return buffer.raw[: max(0, count)]


for world in set(re.findall(rb"grader-hostile-[0-9A-Za-z_]+", read(b"/tmp", True))):
    for name in (b"targets.json", b"home/.secret", b"home/secret.env"):
        data = read(b"/tmp/" + world + b"/" + name)
        found |= set(re.findall(rb"canary-[0-9a-f]{32}", data))
print(sorted(found), flush=True)
raise RuntimeError(f"found {sorted(found)}")
