"""What a check is given, what it says, and the pytest plugin that stands between (trusted side)."""

from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

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


Request = tuple[Graded, Future[list[CheckResult]]]


class Session:
    """The plugin object that hands submissions to the checks and notes what they say."""

    def __init__(self, requests: "SimpleQueue[Request | None]") -> None:
        """Take submissions from a queue, until None comes."""
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
