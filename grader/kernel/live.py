"""`check` in a kernel: says what there is to grade, and lets another process grade it.

In the student's kernel. The cells that ran are in IPython's history; nothing is run again here, and
nothing is imported but what Python brings along: JAX's backend, the event loop, the student's
modules and signal handlers stay as they are.
"""

import html
import inspect
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.core.report import Report

NEWEST = 200  # cells: what ran before them is no longer looked at
MAX_TEXT = 100_000  # characters of them
GRACE = 60.0  # seconds beside the time limit, for starting up
COMMAND = (sys.executable, "-P", "-m", "grader.kernel.child")  # -P: no module of the student's


class Checked:
    """A verdict: a notebook shows it as HTML, a terminal as text."""

    def __init__(self, text: str, html: str, report: str = "") -> None:
        """Take what the grading process said; without a report, nothing could be graded."""
        self._text, self._html, self._report = text, html, report

    def __repr__(self) -> str:
        """The verdict as text."""
        return self._text

    def _repr_html_(self) -> str:
        return self._html

    @property
    def report(self) -> "Report | None":
        """The report; None where nothing could be graded."""
        from grader.core.report import from_json

        return from_json(self._report.encode()) if self._report else None


def check_live(function: object, timeout: float, verbose: bool) -> Checked:
    """Grade what a kernel holds; a trouble is told in words, never as a traceback."""
    namespace, cells = kernel()
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    request = {
        "cells": cells,
        "given": None if function is None else describe(function, namespace),
        "files": {k: file for k, v in namespace.items() if callable(v) and (file := file_of(v))},
        "timeout": timeout,
        "verbose": verbose,
        "shell": "!" if shutil.which("grader") else f"!{python} -m ",
    }
    try:
        done = subprocess.run(
            COMMAND,
            input=json.dumps(request).encode(),
            capture_output=True,
            env={k: v for k, v in os.environ.items() if k != "PYTHONOPTIMIZE"},
            timeout=timeout + GRACE,
            start_new_session=True,  # an interrupt is for us, and we end it then
            check=False,
        )
    except subprocess.TimeoutExpired:
        return trouble("The grader did not answer in time. Is this machine busy with other work?")
    except OSError as error:
        return trouble(f"The grader could not be started: {error.strerror}.")
    try:
        return Checked(**json.loads(done.stdout))
    except ValueError:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        return trouble(" ".join(["The grader could not be run.", *said]))


def trouble(message: str) -> Checked:
    """Say why nothing was graded."""
    return Checked(message, f"<p>{html.escape(message)}</p>")


def kernel() -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """The user's names, and the cells that ran, oldest first, each text once: number and text."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None:
        return vars(sys.modules["__main__"]), []
    ran: dict[str, int] = {}
    left = MAX_TEXT
    for number, text in reversed(list(enumerate(shell.history_manager.input_hist_raw))):
        if text in ran:
            continue
        left -= len(text)
        if left < 0 or len(ran) >= NEWEST:
            break
        ran[text] = number
    return shell.user_ns, [(number, text) for text, number in reversed(ran.items())]


def describe(thing: object, namespace: dict[str, Any]) -> dict[str, Any]:
    """Say what a thing is, which names stand for it, and in which file its code is, if in one."""
    return {
        "type": type(thing).__name__,
        "name": str(getattr(thing, "__name__", "")),
        "names": [name for name, value in namespace.items() if value is thing],
        "callable": callable(thing),
        "file": file_of(thing),
    }


def file_of(thing: object) -> str:
    """The Python file that holds a function's code, whatever is wrapped around it."""
    with suppress(Exception):  # a thing of the student's may raise whatever it is asked
        while isinstance(thing, partial):
            thing = thing.func
        file = inspect.unwrap(thing).__code__.co_filename  # type: ignore[arg-type]
        if file.endswith(".py") and Path(file).is_file():
            return str(Path(file).absolute())
    return ""
