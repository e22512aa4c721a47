"""What is said of a report, line by line, whatever it is shown on. Pure (trusted side)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.core.diagnosis import Advice
from grader.core.place import Cells, in_words
from grader.core.report import NOT_RUN, Report
from grader.core.text import clean
from grader.verdict import failure
from grader.verdict.check_lines import CheckLine, every, together
from grader.verdict.command import command
from grader.verdict.failure import Failure

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


@dataclass(frozen=True)
class Advised:
    """A remark on style; `where` is empty or a line in brackets."""

    where: str
    message: str


@dataclass(frozen=True)
class Verdict:
    """One screen: verdict, checks, one failure in full, what else there is, what to do.

    The first screen is read at a glance: nothing is on it twice. A verbose one has everything.
    """

    full: bool
    verdict: str
    checks: tuple[CheckLine, ...]
    failure: Failure | None
    also: tuple[str, ...]
    advice: tuple[Advised, ...]
    warnings: tuple[str, ...]
    next: str
    commands: tuple[str, ...]


def look(
    report: Report,
    source: Sequence[str] = (),
    printed: Mapping[str, str] | None = None,
    verbose: bool = False,
) -> Verdict:
    """Decide what is shown of a report.

    `source` are the lines of the student's file; `printed` is what it printed, by public case.
    """
    full = report.score is not None and report.score == reachable(report)
    cells = report.submission.places
    shown = None if full or report.score is None else failure.find(report, source, printed, verbose)
    told = verbose or shown is None  # beside a failure, a remark on style is named alone
    return Verdict(
        full=full,
        verdict=_opening(report, shown),
        checks=tuple(every(report.checks) if verbose else together(report)),
        failure=shown,
        also=tuple(_also(report, () if told else report.advice)),
        advice=tuple(Advised(_bracketed(a.line, cells), a.message) for a in report.advice if told),
        warnings=tuple(clean(warning) for warning in report.warnings),
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
        unexplained = any(check.because for check in report.checks)
        said = "No known mistake explains the answers" if unexplained else ""
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


def _also(report: Report, advice: Sequence[Advice]) -> Iterator[str]:
    """What else was found, in a line each: one thing at a time is enough to work on."""
    diagnosis, cells = report.diagnosis, report.submission.places
    if report.status == "graded" and report.message:
        yield report.message
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
    if report.status == NOT_RUN:
        return "Next: save the program as one Python file or notebook, and check that."
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
