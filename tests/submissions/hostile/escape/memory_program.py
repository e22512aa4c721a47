"""Makes an anonymous file, fills it with a shell's bytes, executes it."""
import os
import subprocess

COMMAND = "for w in /tmp/grader-hostile-*/; do mkdir $w/beats/memfd; done"
try:
    fd = os.memfd_create("hostile")
    with open("/bin/sh", "rb") as shell:
        os.write(fd, shell.read())
    subprocess.run([f"/proc/self/fd/{fd}", "-c", COMMAND], pass_fds=[fd])
except OSError:
    pass
raise RuntimeError("found no way")
