"""What is said of the checks, line by line: all of them, or what is read at a glance. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.core.report import CheckResult, Report
from grader.core.text import clean

MANY = 3  # so many checks that wait for another one are named
SHORT = 48  # characters of a reason that is said on the first screen


@dataclass(frozen=True)
class CheckLine:
    """Checks that are told together: what they earned, and what is said of them."""

    outcome: str
    names: str
    points: int
    max_points: int
    said: str

    @classmethod
    def of(
        cls, outcome: str, checks: Sequence[CheckResult], names: str, said: str = ""
    ) -> "CheckLine":
        """Add up what some checks earned."""
        earned, most = sum(c.points for c in checks), sum(c.max_points for c in checks)
        return cls(outcome, names, earned, most, said)


def every(checks: Sequence[CheckResult]) -> Iterator[CheckLine]:
    """A line a check: the title, and why it was not passed."""
    for check in checks:
        brief = check.message if check.outcome == "failed" and len(check.message) <= SHORT else ""
        said = check.said if check.outcome == "skipped" else f"{check.title} {brief}"
        points = 0 if check.later else check.max_points
        yield CheckLine(check.outcome, check.id, check.points, points, clean(said))


def together(report: Report) -> Iterator[CheckLine]:
    """What was passed on one line, then each check that was not with those that wait for it."""
    passed = [c for c in report.checks if c.outcome == "passed"]
    if passed:
        yield CheckLine.of("passed", passed, ", ".join(c.id for c in passed))
    lost = {c.id: c for c in report.checks if c.outcome != "passed" and not c.later}
    roots = {id: _root(check, lost) for id, check in lost.items()}
    for id, check in lost.items():
        group = [other for other in lost.values() if roots[other.id] == id]
        waiting = [other.id for other in group if other.id != id]
        parts = (_reason(check, report), _waiting(waiting))
        if group:
            yield CheckLine.of(check.outcome, group, id, " ".join(filter(None, parts)))


def _root(check: CheckResult, lost: Mapping[str, CheckResult]) -> str:
    """The check that was not passed and leaves another one nothing to see, at the end of a row."""
    for _ in lost:
        if check.because not in lost:
            break
        check = lost[check.because]
    return check.id


def _reason(check: CheckResult, report: Report) -> str:
    """Why a check was not passed, if it is short and what is shown does not tell."""
    if check.outcome == "skipped":
        return clean(check.said)
    shown = report.status != "graded" or check.fault or len(check.message) > SHORT
    return "" if shown else clean(check.message)


def _waiting(ids: Sequence[str]) -> str:
    if len(ids) > MANY:
        return f"{len(ids)} more checks wait for it."
    if len(ids) > 1:
        return f"{', '.join(ids[:-1])} and {ids[-1]} wait for it."
    return f"{ids[0]} waits for it." if ids else ""
