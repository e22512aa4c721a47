"""Runs an exercise's checks through pytest and collects what each one earned (trusted side).

Collecting costs eight times what running costs, so a pytest session is kept open, in a thread of
its own, and runs what it has collected once for each submission that is handed in.
"""

import os
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self

import pytest

from grader.diagnosis import Diagnosis
from grader.errors import GraderError
from grader.exercise import Exercise
from grader.key import Key
from grader.run import Run


@dataclass(frozen=True)
class CheckResult:
    """One graded property: its outcome, what it earned, and why."""

    id: str
    title: str
    outcome: str  # passed, failed, skipped
    points: int
    max_points: int
    message: str


@dataclass(frozen=True)
class Graded:
    """What the checks look at."""

    run: Run
    diagnosis: Diagnosis
    key: Key
    exercise: Exercise


_Request = tuple[Graded, Future[list[CheckResult]]]


class Suite:
    """The checks of an exercise, open for one submission after the other, from any thread."""

    def __init__(self, exercise: Exercise) -> None:
        """Take the checks of an exercise; they are collected on entering."""
        self._requests: SimpleQueue[_Request | None] = SimpleQueue()
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
        try:
            ended = pytest.main(_arguments(exercise), plugins=[_Session(self._requests)])
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


class _Session:
    """The plugin object that hands submissions to the checks and notes what they say."""

    def __init__(self, requests: "SimpleQueue[_Request | None]") -> None:
        self._requests = requests
        self._graded: Graded | None = None
        self._said: list[CheckResult] = []

    @pytest.fixture
    def graded(self) -> Graded | None:
        """Give the run, the diagnosis and the key of the submission under grading."""
        return self._graded

    @pytest.fixture
    def failed(self) -> list[str]:
        """Give the ids of the checks that have failed so far."""
        return [result.id for result in self._said if result.outcome == "failed"]

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Let pytest print nothing: stdout is not its own here."""
        config.pluginmanager.unregister(name="terminalreporter")

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run all checks for each submission, instead of once."""
        if session.testsfailed or not session.items:
            return None  # they could not be collected: pytest says so itself
        while (request := self._requests.get()) is not None:
            self._graded, answer = request
            self._said = []
            following = [*session.items[1:], None]
            try:
                for item, next_item in zip(session.items, following, strict=True):
                    item.ihook.pytest_runtest_protocol(item=item, nextitem=next_item)
                answer.set_result(_sound(self._said))
            except GraderError as error:
                answer.set_exception(error)
            finally:
                if not answer.done():
                    answer.set_exception(GraderError("The checks were interrupted."))
            self._graded = None
        return True

    def pytest_runtest_makereport(self, item: Any, call: Any) -> None:
        """Keep our own text of each check, and leave pytest's report as it is."""
        if call.when == "call" or call.excinfo is not None:
            self._said.append(_result(item, None if call.excinfo is None else call.excinfo.value))


def _result(item: Any, raised: BaseException | None) -> CheckResult:
    outcome, message = "passed", ""
    if isinstance(raised, pytest.fail.Exception):
        outcome, message = "failed", str(raised.msg)
    elif isinstance(raised, pytest.skip.Exception):
        outcome, message = "skipped", str(raised.msg)
    elif raised is not None:
        outcome, message = "broken", f"{type(raised).__name__}: {raised}"
    worth = item.get_closest_marker("points").args[0]
    title = (item.obj.__doc__ or "").strip()
    points = worth if outcome == "passed" else 0
    return CheckResult(check_id(item.name), title, outcome, points, worth, message)


def _sound(said: list[CheckResult]) -> list[CheckResult]:
    """Give the results; raises GraderError for a check that broke, which is a failure of ours."""
    for result in said:
        if result.outcome == "broken":
            raise GraderError(f"The check {result.id} is broken: {result.message}")
    return said


def check_id(name: str) -> str:
    """Give a check's id from its test function's name."""
    return name.removeprefix("test_").replace("_", "-")


def _arguments(exercise: Exercise) -> list[str]:
    return [
        *("-c", os.devnull, "--rootdir", str(exercise.folder), "--noconftest"),
        *("--disable-plugin-autoload", "-p", "no:cacheprovider", "-p", "no:faulthandler"),
        *("-p", "no:unraisableexception", "-p", "no:threadexception", "-p", "no:logging"),
        *("-p", "no:warnings", "--assert=plain", "--capture=no"),
        *("-o", f"python_files={exercise.checks.name}"),
        *("-o", "markers=points(n): what a check is worth"),
        str(exercise.checks),
    ]
