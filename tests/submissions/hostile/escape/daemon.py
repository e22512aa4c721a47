"""Forks twice, so that nobody knows the parent, and ends itself."""
import glob
import os
import time


def beat(name):
    for n in range(200):
        for world in glob.glob("/tmp/grader-hostile-*/beats"):
            try:
                os.mkdir(f"{world}/{name}-{n}")
            except OSError:
                pass
        time.sleep(0.3)
    os._exit(0)


if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 64)
        beat("daemon")
    os._exit(0)
os._exit(0)
