"""Holds a lock on a file of the standard library in a child that lives on."""
import fcntl
import os
import time

found = "no message"
try:
    file = open(os.__file__)
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    if os.fork() == 0:
        os.setsid()
        time.sleep(30)
        os._exit(0)
except BlockingIOError:
    found = "a message"
except OSError:
    pass
raise RuntimeError(f"found {found}")
