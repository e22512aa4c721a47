"""Reads whatever its descriptors lead to, and reopens them through /proc."""
import fcntl
import os
import re

found = set()
for fd in range(0, 64):
    for path in (None, f"/proc/self/fd/{fd}", f"/proc/{os.getppid()}/fd/{fd}"):
        try:
            opened = os.dup(fd) if path is None else os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            if path is not None:
                fcntl.fcntl(opened, fcntl.F_SETFL, os.O_NONBLOCK)
                found |= set(re.findall(rb"canary-[0-9a-f]{32}", os.read(opened, 2**20)))
            os.close(opened)
        except OSError:
            pass
print(sorted(found), flush=True)
raise RuntimeError(f"found {sorted(found)}")
