"""Leaves a message in shared memory with a name, or reads one that is there."""
import os

import _posixshmem

found = "no message"
try:
    _posixshmem.shm_open("/hostile-box", os.O_CREAT | os.O_EXCL | os.O_RDWR, mode=0o600)
except FileExistsError:
    found = "a message"
except OSError:
    pass
raise RuntimeError(f"found {found}")
