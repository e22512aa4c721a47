"""Namespaces around a zygote, where the kernel has no Landlock (trusted side, Linux).

Inside there are the standard library, installed packages and the compile cache, read-only; what is
not named here does not exist: no other file, process or network. It is made once, around the
zygote, so that it costs a submission nothing; seccomp is loaded in each worker all the same.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from grader import ROOT
from grader.worker.walls import landlock, readable
from grader.worker.walls.libc import Libc

INSIDE = "GRADER_BUBBLEWRAP"  # tells the zygote that it is wrapped
NOBODY = "65534"


def prefix(masked: Sequence[str], shown: Sequence[Path], secrets: Sequence[Path]) -> list[str]:
    """What to put before a zygote's command; nothing where it is not needed or not to be had.

    `shown` are files and folders that it needs besides Python, `secrets` folders with answers.
    """
    if "bubblewrap" in masked or ("landlock" not in masked and landlock.version(Libc())):
        return []
    program = shutil.which("bwrap")
    command = [program, *_options(shown, secrets)] if program and hasattr(os, "pidfd_open") else []
    return command if command and _works(command) else []


def _options(shown: Sequence[Path], secrets: Sequence[Path]) -> list[str]:
    options = ["--unshare-all", "--die-with-parent", "--uid", NOBODY, "--gid", NOBODY]
    options += ["--proc", "/proc", "--dev", "/dev", "--setenv", INSIDE, "1"]
    for path in (*map(Path, ("/usr", "/lib", "/lib64", "/etc/ld.so.cache")), *_python()):
        options += ["--ro-bind-try", str(path), str(path)]
    for path in readable.secrets(secrets):  # which may lie among installed packages
        options += ["--tmpfs", str(path)]
    for path in (ROOT / "grader", *shown):
        options += ["--ro-bind", str(path), str(path)]
    return [*options, "--chdir", "/", "--"]


def _python() -> list[Path]:
    places = (sys.base_prefix, sys.prefix, str(Path(sys.executable).resolve().parent))
    return [Path(place) for place in dict.fromkeys(places)]


def _works(command: Sequence[str]) -> bool:
    """Tell whether this machine lets us, by starting Python inside."""
    try:
        done = subprocess.run(
            [*command, sys.executable, "-I", "-S", "-c", ""],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=30,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
