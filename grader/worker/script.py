"""What a program sees of its process: that of `python file.py`, and nothing of the grader.

Beside the student. The walls have read what they need of the environment before, and so have
Python, JAX and XLA, whose backend has drawn the probe. What is left in memory is no secret.
"""

import io
import os
import sys
from types import ModuleType
from typing import Any

import grader

PROJECT = f"{grader.ROOT}{os.sep}"

# What programs count on, with values that are the same everywhere. Windows keeps two of its own;
# XLA's flags stay, since they are part of the names by which JAX finds what is in its cache.
ENVIRONMENT = {
    "HOME": "/",
    "LANG": "C.UTF-8",
    "LOGNAME": "student",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "USER": "student",
}
_KEPT = ("SYSTEMROOT", "PATHEXT", "XLA_FLAGS")


def present(module: ModuleType, name: str) -> None:
    """Let the process look like one that runs a module's file as a script.

    The module keeps its own name, so that what stands under `if __name__ == "__main__":` does not
    run: it is for a terminal, parses arguments and trains models, and whoever imports a file to
    grade it (pytest, otter) leaves it out as well. But it is what `sys.modules["__main__"]` holds,
    as if it had been started: libraries that look there for a program (click, multiprocessing,
    pickle) find the student's, and not the process that it was forked from.
    """
    grader.check = _check  # of a line that was left in from a notebook
    sys.stdout, sys.stderr = _stream(1), _stream(2)
    sys.argv = [name]
    sys.orig_argv = [sys.executable, name]
    sys.modules["__main__"] = module
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(ENVIRONMENT | kept)


def _check(*_: Any, **__: Any) -> None:
    """Grade nothing."""


def _stream(descriptor: int) -> Any:
    """Open a descriptor for text; the stream that is there was opened for another file."""
    raw: Any = io.FileIO(descriptor, "w", closefd=False)
    return io.TextIOWrapper(raw, "utf-8", "backslashreplace", write_through=True)
