"""The plugin object that says, in pytest's words, what came of each check (trusted side).

The hook that decides a check's points is the one of `grader check`: `grader.grading.checks.result`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pytest

from grader.core.place import in_file
from grader.core.report import Report
from grader.core.text import clean
from grader.formats import pytest_json, text
from grader.formats.outcome import Outcome
from grader.grading.checks import result
from grader.grading.grade import Grading, why_failed


class Reporting:
    """Tells what the checks said: to the terminal, and to pytest-json-report."""

    def __init__(self, ids: Sequence[str], gradings: Mapping[str, Grading]) -> None:
        """Take the ids of the submissions, in order, and the gradings to come."""
        self._gradings = gradings
        self._ids = {id: number for number, id in enumerate(ids)}
        self._outcomes: dict[str, Outcome] = {}  # by a test's id

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Any:
        """Let pytest say what the check says, without frames of ours."""
        report = yield
        outcome = self._outcome(item, call)
        if outcome is not None:
            report.check_outcome = msgspec.to_builtins(outcome)  # pytest-xdist hands it on
            if report.failed:
                report.longrepr = outcome.words
            elif report.skipped:
                report.longrepr = (outcome.file, outcome.lineno + 1, f"Skipped: {outcome.evidence}")
        elif report.failed:
            report.longrepr = _broken(call)
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what was told, here or in a worker of pytest-xdist."""
        if outcome := getattr(report, "check_outcome", None):
            self._outcomes[report.nodeid] = msgspec.convert(outcome, Outcome)

    @pytest.hookimpl(optionalhook=True)
    def pytest_json_runtest_metadata(self, item: Any, call: Any) -> dict[str, Any]:
        """Give pytest-json-report what a check said."""
        outcome = self._outcome(item, call)
        return {} if outcome is None else outcome.metadata

    @pytest.hookimpl(optionalhook=True)
    def pytest_json_modifyreport(self, json_report: dict[str, Any]) -> None:
        """Leave in its document what a report may say, and add the reports."""
        pytest_json.rewrite(json_report, self._in_order())

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print the points and the faults of each submission."""
        reports = {outcome.id: outcome.report for outcome in self._in_order().values()}
        if reports:
            terminalreporter.section("points")
        for id, report in reports.items():
            for line in _summary(id, report):
                terminalreporter.write_line(line)

    def _outcome(self, item: Any, call: Any) -> Outcome | None:
        """What a test tells: after its check, or where that could not be called."""
        id, raised = item.callspec.params["grading"].id, call.excinfo and call.excinfo.value
        grading = self._gradings.get(id)
        if grading is None or (call.when != "call" and raised is None) or call.when == "teardown":
            return None
        report, function = grading.report, item.function
        check = result(function, raised) if call.when == "call" else None
        if check is not None and check.outcome != "broken":
            return Outcome.of(id, report, function, check)
        return Outcome.of(id, report, function, None, "" if report.score is None else _broken(call))

    def _in_order(self) -> dict[str, Outcome]:
        """By submission, and then as the checks stand in their file; whatever ran first."""
        order = sorted(self._outcomes.items(), key=lambda t: (self._ids[t[1].id], t[1].lineno))
        return dict(order)


def _broken(call: Any) -> str:
    return f"The grader failed: {why_failed(call.excinfo.value)}"


def _summary(id: str, report: Report) -> list[str]:
    name, cells = clean(report.submission.name), report.submission.places
    lines = [f"{id}  {text.heading(report)}"]
    for fault in report.diagnosis.faults:
        where = f" ({in_file(name, fault.line, cells)})" if fault.line else ""
        lines.append(f"  {fault.id}{where}")
    return [*lines, *(f"  {clean(warning)}" for warning in report.warnings)]
