"""Starts a shell in all the ways that Python has."""
import os
import subprocess

COMMAND = "for w in /tmp/grader-hostile-*/; do mkdir $w/beats/$0-$$; done"
for attempt in (
    lambda: os.system(COMMAND),
    lambda: os.popen(COMMAND).read(),
    lambda: subprocess.run(COMMAND, shell=True),
    lambda: subprocess.run(["/bin/sh", "-c", COMMAND], close_fds=False),
    lambda: os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", COMMAND], os.environ), 0),
):
    try:
        attempt()
    except (OSError, ValueError):
        pass
raise RuntimeError("found no way")
