"""What the command does before anything else: it depends on nothing that it was started with.

Imported first by each program of ours, so that no module beside a submission, or on PYTHONPATH, is
taken for one of the library's or of a package's.
"""

import os
import signal
import sys
from contextlib import suppress
from io import TextIOWrapper

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  # light
VARIABLE = "PYTHONPATH"


def own_path() -> None:
    """Look for modules where Python was installed, and not where somebody said or happens to be."""
    named = os.environ.get(VARIABLE, "").split(os.pathsep)
    foreign = {os.path.abspath(entry) for entry in (*named, os.curdir)} - {HERE}  # noqa: PTH100
    sys.path[:] = [p for p in sys.path if os.path.abspath(p) not in foreign]  # noqa: PTH100


def own_descriptors() -> None:
    """Have a standard input, output and error output: what is opened next is else taken for one."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        with suppress(OSError):
            os.fstat(number)
            continue
        # It gets the lowest number that is free, and is for those whom we start as well.
        os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
        if getattr(sys, name) is None:
            opened = open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, opened)


def own_process() -> None:
    """Take the signals as they are at a prompt, keep docstrings, and have an output of our own."""
    own_descriptors()
    if sys.flags.optimize:
        _start_again()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored behind nohup and `&`
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # NumPy starts as many, and they wait by spinning
    if hasattr(signal, "pthread_sigmask"):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGCHLD})
    _own_output()


def _start_again() -> None:
    """Without -O: titles of checks are docstrings, which -OO leaves out."""
    import subprocess

    environment = {k: v for k, v in os.environ.items() if k != "PYTHONOPTIMIZE"}
    command = [sys.executable, "-P", "-m", "grader", *sys.argv[1:]]
    if os.name == "posix":
        os.execve(sys.executable, command, environment)
    sys.exit(subprocess.run(command, env=environment).returncode)


def _own_output() -> None:
    """Write to a copy of standard output: what native libraries print there is no report."""
    before = sys.stdout
    if not isinstance(before, TextIOWrapper):
        return
    with suppress(OSError, ValueError):
        before.flush()
        copy = os.dup(1)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.close(null)
        ours = TextIOWrapper(os.fdopen(copy, "wb"), before.encoding, before.errors)
        ours.reconfigure(line_buffering=before.line_buffering, write_through=before.write_through)
        sys.stdout = sys.__stdout__ = ours  # type: ignore[misc]


own_path()
