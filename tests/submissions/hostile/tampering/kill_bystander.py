"""Kills and renices a process that a well-known file names."""
import glob
import json
import os
import signal

for path in glob.glob("/tmp/grader-hostile-*/targets.json"):
    try:
        with open(path) as file:
            pid = json.load(file)["bystander"]
        os.setpriority(os.PRIO_PROCESS, pid, 19)
        os.kill(pid, signal.SIGKILL)
    except (OSError, ValueError):
        pass
raise RuntimeError("found no way")
