"""Runs an exercise's checks through pytest and collects what each one earned (trusted side)."""

import contextlib
import io
import os
from dataclasses import dataclass
from typing import Any

import pytest
from pytest_jsonreport.plugin import JSONReport

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


class _Fixtures:
    """The plugin object that hands one submission to the checks and notes what they say."""

    def __init__(self, graded: Graded) -> None:
        self._graded = graded
        self._failed: list[str] = []

    @pytest.fixture
    def graded(self) -> Graded:
        """Give the run, the diagnosis and the key of the submission under grading."""
        return self._graded

    @pytest.fixture
    def failed(self) -> list[str]:
        """Give the ids of the checks that have failed so far."""
        return self._failed

    def pytest_json_runtest_metadata(self, item: Any, call: Any) -> dict[str, Any]:
        """Keep our own text of each check; a check that breaks is a failure of ours."""
        if call.when != "call" and call.excinfo is None:
            return {}
        marker = item.get_closest_marker("points")
        check = check_id(item.name)
        data = {"id": check, "title": (item.obj.__doc__ or "").strip(), "max": marker.args[0]}
        if call.excinfo is None:
            return data | {"outcome": "passed", "message": ""}
        raised = call.excinfo.value
        if isinstance(raised, pytest.fail.Exception):
            self._failed.append(check)
            return data | {"outcome": "failed", "message": raised.msg}
        if isinstance(raised, pytest.skip.Exception):
            return data | {"outcome": "skipped", "message": raised.msg}
        return data | {"outcome": "broken", "message": f"{type(raised).__name__}: {raised}"}


def check_id(name: str) -> str:
    """Give a check's id from its test function's name."""
    return name.removeprefix("test_").replace("_", "-")


def run_checks(graded: Graded) -> list[CheckResult]:
    """Run every check once, in the order of the file; raises GraderError when one breaks."""
    reporter = JSONReport()
    arguments = [
        *("-c", os.devnull, "--rootdir", str(graded.exercise.folder), "--noconftest"),
        *("--disable-plugin-autoload", "-p", "pytest_metadata.plugin"),
        *("-p", "pytest_jsonreport.plugin", "--json-report-file=none"),
        *("-p", "no:cacheprovider", "-p", "no:faulthandler", "--json-report-omit=traceback"),
        *("-p", "no:unraisableexception", "-p", "no:threadexception", "-p", "no:logging"),
        *("--assert=plain", "--capture=no", "-o", f"python_files={graded.exercise.checks.name}"),
        *("-o", "markers=points(n): what a check is worth"),
        str(graded.exercise.checks),
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        code = pytest.main(arguments, plugins=[reporter, _Fixtures(graded)])
    tests = (reporter.report or {}).get("tests", [])
    results = [_result(test.get("metadata", {})) for test in tests]
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) or not results:
        raise GraderError(f"The checks could not be run (pytest ended with {code!r}).")
    return results


def _result(data: dict[str, Any]) -> CheckResult:
    if data.get("outcome") not in ("passed", "failed", "skipped"):
        raise GraderError(f"The check {data.get('id')} is broken: {data.get('message')}")
    points = data["max"] if data["outcome"] == "passed" else 0
    return CheckResult(
        data["id"], data["title"], data["outcome"], points, data["max"], data["message"]
    )
