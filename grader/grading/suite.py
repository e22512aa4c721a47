"""Runs an exercise's checks through pytest and collects what each one earned (trusted side).

Collecting costs eight times what running costs, so a pytest session is kept open, in a thread of
its own, and runs what it has collected once for each submission that is handed in.
"""

import os
import threading
from concurrent.futures import Future
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import pytest

from grader.core.errors import GraderError
from grader.core.exercise import Exercise
from grader.core.report import CheckResult
from grader.grading.checks import Graded, Request, Session

MEANT_FOR_OTHERS = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")  # options of whoever calls pytest here


class Suite:
    """The checks of an exercise, open for one submission after the other, from any thread."""

    def __init__(self, exercise: Exercise) -> None:
        """Take the checks of an exercise; they are collected on entering."""
        self._requests: SimpleQueue[Request | None] = SimpleQueue()
        self._ended = ""
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._serve, args=(exercise,), daemon=True)

    def __enter__(self) -> Self:
        """Start collecting; the caller goes on meanwhile."""
        self._thread.start()
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """End the session."""
        self._requests.put(None)
        self._thread.join()

    def run(self, graded: Graded) -> list[CheckResult]:
        """Run every check once, in the order of the file; raises GraderError when one breaks."""
        answer: Future[list[CheckResult]] = Future()
        with self._lock:
            if self._ended:
                raise GraderError(self._ended)
            self._requests.put((graded, answer))
        return answer.result()

    def _serve(self, exercise: Exercise) -> None:
        ended: object = "nothing"
        for name in MEANT_FOR_OTHERS:
            os.environ.pop(name, None)
        try:
            ended = pytest.main(_arguments(exercise), plugins=[Session(self._requests)])
        finally:
            with self._lock:
                self._ended = f"The checks could not be run (pytest ended with {ended!r})."
                self._requests.put(None)
            while (request := self._requests.get()) is not None:
                request[1].set_exception(GraderError(self._ended))


def run_checks(graded: Graded) -> list[CheckResult]:
    """Run every check once, for one submission alone."""
    with Suite(graded.exercise) as suite:
        return suite.run(graded)


def _arguments(exercise: Exercise) -> list[str]:
    return [
        # Modules are named for their whole path: every exercise has one called checks.
        *("-c", os.devnull, "--rootdir", exercise.folder.anchor, "--noconftest"),
        *("--disable-plugin-autoload", "-p", "no:cacheprovider", "-p", "no:faulthandler"),
        *("-p", "no:unraisableexception", "-p", "no:threadexception", "-p", "no:logging"),
        *("-p", "no:warnings", "--assert=plain", "--capture=no", "--import-mode=importlib"),
        *("-o", f"python_files={exercise.checks.name}"),
        *("-o", "markers=points(n): what a check is worth"),
        str(exercise.checks),
    ]
