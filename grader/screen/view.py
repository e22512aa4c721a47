"""What is said of a report, line by line, whatever it is shown on. Pure (trusted side)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.command import command
from grader.diagnosis import Advice
from grader.message import clean
from grader.place import Cells, in_words
from grader.report import CheckResult, Report
from grader.screen import failure
from grader.screen.failure import Failure

EVERY = "Every answer is right"
ENDED = {
    "not-implemented": "The function is still to be written",
    "syntax-error": "Python cannot read the file",
    "import-error": "The file cannot be loaded",
    "missing-function": "The function was not found",
    "wrong-signature": "The function takes other arguments",
    "crashed": "The function raised on every case",
    "timed-out": "It was stopped at the time limit",
    "out-of-memory": "It asked for more memory than it may have",
    "killed": "Its process ended before it had answered",
}
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


@dataclass(frozen=True)
class Advised:
    """A remark on style; `where` is empty or a line in brackets."""

    where: str
    message: str


@dataclass(frozen=True)
class View:
    """One screen: verdict, checks, one failure in full, what else there is, what to do.

    The first screen is read at a glance: nothing is on it twice. A verbose one has everything.
    """

    full: bool
    verdict: str
    checks: tuple[CheckLine, ...]
    failure: Failure | None
    also: tuple[str, ...]
    advice: tuple[Advised, ...]
    next: str
    commands: tuple[str, ...]


def look(
    report: Report,
    source: Sequence[str] = (),
    printed: Mapping[str, str] | None = None,
    verbose: bool = False,
) -> View:
    """Decide what is shown of a report.

    `source` are the lines of the student's file; `printed` is what it printed, by public case.
    """
    full = report.score is not None and report.score == reachable(report)
    cells = report.submission.places
    shown = None if full or report.score is None else failure.find(report, source, printed, verbose)
    told = verbose or shown is None  # beside a failure, a remark on style is named alone
    return View(
        full=full,
        verdict=_opening(report, shown),
        checks=tuple(_every(report.checks) if verbose else _together(report)),
        failure=shown,
        also=tuple(_also(report, () if told else report.advice)),
        advice=tuple(Advised(_bracketed(a.line, cells), a.message) for a in report.advice if told),
        next=_next(report, full),
        commands=_commands(report),
    )


def reachable(report: Report) -> int:
    """The points that can be earned here: checks that are graded elsewhere are left out."""
    return report.max_score - sum(c.max_points for c in report.checks if c.later)


def verdict(report: Report) -> str:
    """One line that stands alone: how it ended, and what was found."""
    titles = "; ".join(fault.title for fault in report.diagnosis.faults)
    if titles and report.status == "graded":
        return f"{_earned(report)}. What the answers show: {titles}."
    return _opening(report, None)


def _opening(report: Report, shown: Failure | None) -> str:
    """The first line of a screen: it leaves out what the failure that is shown says."""
    if report.score is None:
        return f"{clean(report.submission.name)}: no score. {clean(report.message)}"
    found = bool(report.diagnosis.faults)
    if report.status != "graded":
        said = ENDED.get(report.status, report.status) if found or shown is None else ""
    elif found:
        said = ""
    elif report.mismatches:
        said = "No known mistake explains the answers"
    else:
        said = "Every answer that is checked here is right" if _rest(report) else EVERY
    return f"{_earned(report)}. {said}." if said else f"{_earned(report)}."


def _earned(report: Report) -> str:
    """Whose points, and how many; what is graded later is named."""
    points = f"{report.score} of {reachable(report)} points{_rest(report)}"
    return f"{clean(report.submission.name)}: {points}"


def _rest(report: Report) -> str:
    """What waits for cases that are not at hand; no verdict goes without it."""
    return "".join(f"; {clean(c.said)}" for c in report.checks if c.later)


def _every(checks: Sequence[CheckResult]) -> Iterator[CheckLine]:
    """A line a check: the title, and why it was not passed."""
    for check in checks:
        brief = check.message if check.outcome == "failed" and len(check.message) <= SHORT else ""
        said = check.said if check.outcome == "skipped" else f"{check.title} {brief}"
        points = 0 if check.later else check.max_points
        yield CheckLine(check.outcome, check.id, check.points, points, clean(said))


def _together(report: Report) -> Iterator[CheckLine]:
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


def _also(report: Report, advice: Sequence[Advice]) -> Iterator[str]:
    """What else was found, in a line each: one thing at a time is enough to work on."""
    diagnosis, cells = report.diagnosis, report.submission.places
    for fault in diagnosis.faults[1:]:
        yield f"Also: {fault.id}: {fault.title}{_bracketed(fault.line, cells)}"
    for others in diagnosis.alternatives:
        yield f"Explains the answers as well: {', '.join(others)}."
    for remark in advice:
        yield f"Advice: {remark.id}{_bracketed(remark.line, cells)}"


def _bracketed(line: int | None, cells: Cells) -> str:
    return f" ({in_words(line, cells)})" if line else ""


def _next(report: Report, full: bool) -> str:
    """What to do now, where it is not to mend what is shown."""
    if full:
        return "Next: hand it in." if _rest(report) else "Nothing is left to do."
    if report.score is None:
        return "The score is withheld; nothing was taken away."
    if report.status == "not-implemented":
        return "Next: write the body; README.md has the steps."
    return ""


def _commands(report: Report) -> tuple[str, ...]:
    """The commands that tell more, where there is more to tell."""
    faults = report.diagnosis.faults
    if report.score is None or not (faults or report.mismatches or report.status != "graded"):
        return ()
    return (command("hint"), *(command("explain", fault.id) for fault in faults[:1]))
