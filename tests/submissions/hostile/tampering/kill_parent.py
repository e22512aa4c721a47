"""Kills its parent, if that is a zygote."""
import os
import signal

try:
    with open(f"/proc/{os.getppid()}/cmdline", "rb") as file:
        if b"grader.worker.zygote" in file.read():
            os.kill(os.getppid(), signal.SIGKILL)
except OSError:
    pass
raise RuntimeError("found no way")
