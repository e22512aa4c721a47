"""On a student's path nothing is needed that only Linux has: tried where it was taken away.

What is taken away, from the grader's process and its workers alike: fork, sessions, modules and
signals of POSIX, descriptors over sockets, and a home directory for workers. No Windows is at hand;
this shows what its Python would lack.
"""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

import pytest

from grader import ROOT
from tests.conftest import SAMPLES
from tests.support import forked

NAMES = ("correct/course-loop.py", "late-bound-lambda/counter_variable.py")
SHIM = """
import os, signal, socket, subprocess, sys

class Absent:
    names = {"resource", "fcntl", "termios", "tty", "pty", "pwd", "grp", "syslog"}
    def find_spec(self, name, path=None, target=None):
        if name in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
for name in Absent.names:
    sys.modules.pop(name, None)
subprocess.Popen.kill = lambda self, kill=os.kill: self.poll() is None and kill(self.pid, 9)
for module, names in {
    os: "fork forkpty setsid setpgid wait4 killpg getgid setuid O_NONBLOCK nice",
    signal: "SIGKILL SIGXCPU SIGALRM SIGHUP alarm setitimer pthread_sigmask",
    socket: "send_fds recv_fds",
}.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
sys.platform = "another"
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that lacks it all, in a folder with blanks and letters of several alphabets."""
    folder = tmp_path_factory.mktemp("a place für ελ")
    venv.EnvBuilder(symlinks=True).create(folder)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "sitecustomize.py").write_text(SHIM, "utf-8")
    (packages / "grader.pth").write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n", "utf-8")
    return folder / "bin" / "python"


def checked(file: Path, python: Path | None = None) -> dict[str, Any]:
    """The report of a check, as that Python gives it, or this one.

    In a temporary directory of its own: where there are no locks nobody sweeps, but here others do.
    """
    env = {k: v for k, v in os.environ.items() if not k.startswith("JAX_")}
    env["TMPDIR"] = str(file.parent)
    command = ["grader", "check", str(file), "--unsafe", "--format", "json", "--exit-zero"]
    if python is None:
        done = forked.run(*command, env=env)
    else:
        started = [str(python), "-P", "-m", *command]
        done = subprocess.run(started, capture_output=True, env=env, encoding="utf-8")
    assert done.returncode == 0, done.stdout[:900] + done.stderr[-2000:]
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere these are missing anyway")
@pytest.mark.parametrize(
    "name", ["correct/course-loop.py", "late-bound-lambda/counter_variable.py"]
)
def test_report_is_the_same_without_what_only_linux_has(
    name: str, bare: Path, tmp_path: Path
) -> None:
    """A student elsewhere reads the same, and that it was a process alone that ran the file."""
    file = tmp_path / "mein übung 1.py"
    file.write_bytes((SAMPLES / name).read_bytes())
    here, there = checked(file), checked(file, bare)
    assert here["environment"].pop("isolation") != "process"
    assert there["environment"].pop("isolation") == "process"
    assert there.pop("warnings") != here.pop("warnings") == []
    assert there == here


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere these are missing anyway")
def test_the_look_at_portability_can_fail(bare: Path) -> None:
    """The way over a zygote, which is for Linux, does not work there."""
    code = "from grader.sandbox.sandbox import Sandbox\nwith Sandbox(fork=True) as s: s.start()"
    done = subprocess.run([str(bare), "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "send_fds" in done.stderr
