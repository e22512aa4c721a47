"""What the class report keeps of one submission: little, since there may be thousands.

Pure (trusted side).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from grader.core.report import CheckResult, Report


@dataclass(frozen=True)
class Facts:
    """One submission: how its run ended, what each check said, its faults and what they cost."""

    id: str
    status: str
    score: int | None
    max_score: int
    outcomes: tuple[str, ...]
    faults: Mapping[str, int | None]  # the line of each
    costs: Mapping[str, Fraction]  # points, by fault
    unnamed: bool  # its answers are wrong, and no fault was named

    @classmethod
    def of(cls, id: str, report: Report) -> "Facts":
        """Take them from a report."""
        faults = {fault.id: fault.line for fault in report.diagnosis.faults}
        ran = report.status in ("graded", "crashed")
        return cls(
            id,
            report.status,
            report.score,
            report.max_score,
            tuple(check.outcome for check in report.checks),
            faults,
            costs(report),
            ran and not faults and (report.mismatches > 0 or report.status == "crashed"),
        )


def costs(report: Report) -> dict[str, Fraction]:
    """Share the points that a submission lost between its faults.

    A check's points go to the fault that it failed for. A check that was skipped
    because of another goes where that one's go. What is left, such as the points for matching
    cases, goes to all faults of the submission in equal parts.
    """
    faults = report.diagnosis.faults
    shared = dict.fromkeys((fault.id for fault in faults), Fraction(0))
    checks = {check.id: check for check in report.checks}
    for check in report.checks if faults and report.score is not None else ():
        lost = check.max_points - check.points
        fault = _reason(check, checks).fault
        guilty = [fault] if fault in shared else list(shared)
        for id in guilty:
            shared[id] += Fraction(lost, len(guilty))
    return shared


def _reason(check: CheckResult, checks: Mapping[str, CheckResult]) -> CheckResult:
    """The check that a skipped one was skipped because of; any other check itself."""
    for _ in checks:
        if check.because not in checks:
            break
        check = checks[check.because]
    return check
