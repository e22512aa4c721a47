"""One check of one submission, as a test of pytest tells it. Pure (trusted side)."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import msgspec
from msgspec import structs

from grader.core.place import in_file
from grader.core.report import GRADABLE, CheckResult, Report
from grader.formats import text
from grader.grading.checks import result
from grader.verdict.failure import line_of


class Outcome(msgspec.Struct, frozen=True):
    """What a test says: of which submission, by which function, on which line that begins.

    Where there is no score, nothing was checked: the outcome is `error`, and no points are named.
    """

    id: str
    report: Report
    check: CheckResult
    file: str
    function: str
    lineno: int  # from 0, as pytest counts

    @classmethod
    def of(
        cls,
        id: str,
        report: Report,
        function: Callable[..., Any],
        check: CheckResult | None,
        problem: str = "",
    ) -> "Outcome":
        """Tell what a check said; or, without one, that of its function, that there was none."""
        if check is None or report.score is None:
            said = problem or report.message
            check = structs.replace(result(function, None), outcome="error", points=0, message=said)
        path = PurePosixPath(*function.__module__.split(".")).with_suffix(".py")
        line = function.__code__.co_firstlineno - 1
        return cls(id, report, check, f"{path}", function.__name__, line)

    @property
    def nodeid(self) -> str:
        """The test's id, as pytest writes what is not ASCII."""
        return f"{self.file}::{self.function}[{self.id.encode('unicode_escape').decode()}]"

    @property
    def line(self) -> int | None:
        """The line of the student's source that a failed check points to, where it is known."""
        if self.check.outcome != "failed":
            return None
        fault = self.report.diagnosis.named.get(self.check.fault)
        return fault.line if fault else line_of(self.report)

    @property
    def where(self) -> str:
        """The same in words; empty where it is not known."""
        name, cells = self.report.submission.name, self.report.submission.places
        return text.one_line(in_file(name, self.line, cells)) if self.line else ""

    @property
    def evidence(self) -> str:
        """Why the check was not passed, on one line."""
        said = self.check.said
        if self.check.outcome == "failed" and self.report.status not in GRADABLE:
            said = f"{said} {self.report.message}"
        return text.one_line(said)

    @property
    def words(self) -> str:
        """The text of a failure: the evidence first, then where to look, then the hint."""
        fault = self.report.diagnosis.named.get(self.check.fault)
        last = text.no_score(self.report) if self.report.score is None else ""
        hint = f"Hint: {text.one_line(fault.hint)}" if fault else ""
        return "\n".join(filter(None, (self.evidence, self.where, hint, last)))

    @property
    def metadata(self) -> dict[str, Any]:
        """The same as data. A notebook's lines are not those of its file, so `line` names none."""
        check = self.check
        return {
            "submission": self.id,
            "check": check.id,
            "title": check.title,
            "points": None if check.outcome == "error" else check.points,
            "max_points": check.max_points,
            "fault": check.fault,
            "because": check.because,
            "evidence": self.evidence,
            "line": None if self.report.submission.cells else self.line,
            "where": self.where,
        }
