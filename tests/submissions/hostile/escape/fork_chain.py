"""Twenty generations, each forking the next and leaving; the last one lives on."""
import glob
import os
import time

for generation in range(20):
    if os.fork():
        os._exit(0)
    os.setsid()
for n in range(200):
    for world in glob.glob("/tmp/grader-hostile-*/beats"):
        try:
            os.mkdir(f"{world}/chain-{n}")
        except OSError:
            pass
    time.sleep(0.3)
os._exit(0)
