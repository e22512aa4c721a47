"""What a check is given, what it says, and the pytest plugin that stands between (trusted side)."""

from concurrent.futures import Future
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import Any, NoReturn

import msgspec
import pytest

from grader.core.diagnosis import Diagnosis
from grader.core.errors import GraderError
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.report import CheckResult
from grader.core.run import Run


class CheckFailed(pytest.fail.Exception):  # type: ignore[name-defined,misc]  # pytest's is untyped
    """A check has failed: for a fault, or for what its message says."""

    def __init__(self, message: str, fault: str = "") -> None:
        """Take the reason; pytest need not print where it was raised."""
        super().__init__(message, pytrace=False)
        self.fault = fault


class CheckSkipped(pytest.skip.Exception):  # type: ignore[name-defined,misc]  # pytest's is untyped
    """A check was skipped: because of another one, or until more cases are graded."""

    def __init__(self, message: str = "", because: str = "", later: int = 0) -> None:
        """Take the reason."""
        super().__init__(message)
        self.because, self.later = because, later


@dataclass(frozen=True)
class Graded:
    """What the checks look at, and how they say what they see.

    `failed` are the ids of the checks that have failed before this one.
    """

    run: Run
    diagnosis: Diagnosis
    key: Key
    exercise: Exercise
    failed: tuple[str, ...] = ()

    def fail(self, message: str) -> NoReturn:
        """End the check: it has failed, for this reason."""
        raise CheckFailed(message)

    def forbid(self, *faults: str) -> None:
        """Fail, with the evidence, if one of the faults was found."""
        found = self.diagnosis.find(*faults)
        if found is not None:
            raise CheckFailed(found.evidence, fault=found.id)

    def skip(self, *, because: str, reason: str = "") -> NoReturn:
        """End the check: that other check, which was not passed, leaves nothing to see here."""
        raise CheckSkipped(reason, because=because)

    def later(self, cases: int) -> NoReturn:
        """End the check: it is about so many cases that are not at hand, and graded elsewhere."""
        raise CheckSkipped(later=cases)


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
        failed = tuple(result.id for result in self._said if result.outcome == "failed")
        return None if self._graded is None else replace(self._graded, failed=failed)

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
            self._said.append(result(item.function, call.excinfo and call.excinfo.value))


def result(function: Any, raised: BaseException | None) -> CheckResult:
    """Decide what a check earns, and say why, from what its function raised."""
    worth = next(mark.args[0] for mark in function.pytestmark if mark.name == "points")
    said = CheckResult(
        id=check_id(function.__name__),
        title=(function.__doc__ or "").strip(),
        outcome="passed",
        points=0,
        max_points=worth,
        message="",
    )
    if raised is None:
        return msgspec.structs.replace(said, points=worth)
    outcome, message = "broken", f"{type(raised).__name__}: {raised}"
    if isinstance(raised, pytest.fail.Exception):
        outcome, message = "failed", str(raised.msg)
    elif isinstance(raised, pytest.skip.Exception):
        outcome, message = "skipped", str(raised.msg)
    data = {name: getattr(raised, name, "") for name in ("fault", "because")}
    later = getattr(raised, "later", 0)
    return msgspec.structs.replace(said, outcome=outcome, message=message, later=later, **data)


def _sound(said: list[CheckResult]) -> list[CheckResult]:
    """Give the results; raises GraderError for a check that broke, which is a failure of ours."""
    for result in said:
        if result.outcome == "broken":
            raise GraderError(f"The check {result.id} is broken: {result.message}")
    return said


def check_id(name: str) -> str:
    """Give a check's id from its test function's name."""
    return name.removeprefix("test_").replace("_", "-")
