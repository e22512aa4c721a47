"""What is said of a report, line by line, whatever it is shown on. Pure (trusted side)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from grader.command import command
from grader.message import clean
from grader.place import Cells, in_words
from grader.report import CheckPart, Report
from grader.screen import failure
from grader.screen.failure import Failure

LATER = "graded later"
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
MANY = 4  # so many skipped checks in a row are one line
SHORT = 48


@dataclass(frozen=True)
class CheckLine:
    """One check, or several that were skipped: what it earned, and what is said of it."""

    outcome: str
    name: str
    points: int
    max_points: int
    said: str


@dataclass(frozen=True)
class Advised:
    """A remark on style; `where` is empty or a line in brackets."""

    where: str
    message: str


@dataclass(frozen=True)
class View:
    """The first screen: verdict, checks, one failure in full, what else there is, what to do."""

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
    report: Report, source: Sequence[str] = (), printed: Mapping[str, str] | None = None
) -> View:
    """Decide what is shown of a report.

    `source` are the lines of the student's file; `printed` is what it printed, by public case.
    """
    full = report.score is not None and report.score == reachable(report)
    cells = report.submission.places
    advice = (Advised(_bracketed(a.line, cells), a.message) for a in report.advice)
    return View(
        full,
        verdict(report),
        tuple(_lines(report.checks)),
        None if full else failure.find(report, source, printed),
        tuple(_also(report)),
        tuple(advice),
        tuple(clean(warning) for warning in report.warnings),
        *_next(report, full),
    )


def reachable(report: Report) -> int:
    """The points that can be earned here: checks that are graded elsewhere are left out."""
    return report.max_score - sum(c.max_points for c in report.checks if is_later(c))


def is_later(check: CheckPart) -> bool:
    """Tell whether a check waits for cases that are not at hand."""
    return check.outcome == "skipped" and check.message.endswith(LATER)


def verdict(report: Report) -> str:
    """One line: how it ended, in a sentence."""
    name = clean(report.submission.name)
    if report.score is None:
        return f"{name}: no score. {clean(report.message)}"
    points = f"{report.score} of {reachable(report)} points{_rest(report)}"
    if report.status != "graded":
        return f"{name}: {points}. {ENDED.get(report.status, report.status)}."
    if report.diagnosis.faults:
        titles = "; ".join(f.title for f in report.diagnosis.faults)
        return f"{name}: {points}. What the answers show: {titles}."
    if any(c.outcome == "failed" and c.id.endswith("-cases") for c in report.checks):
        return f"{name}: {points}. No known mistake explains the answers."
    here = "Every answer that is checked here is right" if _rest(report) else EVERY
    return f"{name}: {points}. {here}."


def _rest(report: Report) -> str:
    """What waits for cases that are not at hand; no verdict goes without it."""
    return "".join(f"; {clean(c.message)}" for c in report.checks if is_later(c))


def _lines(checks: Sequence[CheckPart]) -> list[CheckLine]:
    """A line a check; many that were skipped one after the other are one line."""
    lines = []
    for _, group in groupby(checks, lambda c: (c.outcome, c.outcome == "skipped" or c.id)):
        alike = list(group)
        if len(alike) < MANY:
            lines += [CheckLine(c.outcome, c.id, c.points, c.max_points, _said(c)) for c in alike]
            continue
        points = sum(c.points for c in alike)
        most = sum(c.max_points for c in alike if not is_later(c))
        why = "; ".join(dict.fromkeys(clean(c.message) for c in alike))
        lines.append(CheckLine("skipped", f"{len(alike)} more checks", points, most, why))
    return lines


def _said(check: CheckPart) -> str:
    """Nothing for a passed check; of a failed one what is wrong, or what is wanted, if shorter."""
    if check.outcome == "passed":
        return ""
    message = clean(check.message)
    return message if check.outcome == "skipped" or len(message) <= SHORT else check.title


def _also(report: Report) -> list[str]:
    """What else was found, in a line each: one thing at a time is enough to work on."""
    diagnosis = report.diagnosis
    cells, more = report.submission.places, diagnosis.faults[1:]
    lines = [f"Also: {f.id}: {f.title}{_bracketed(f.line, cells)}" for f in more]
    others = [f"Explains the answers as well: {', '.join(o)}." for o in diagnosis.alternatives]
    return lines + others


def _bracketed(line: int | None, cells: Cells) -> str:
    return f" ({in_words(line, cells)})" if line else ""


def _next(report: Report, full: bool) -> tuple[str, tuple[str, ...]]:
    """What to do now, and which commands tell more."""
    hint = command("hint")
    if full:
        rest = _rest(report)
        return f"Next: hand it in{rest}." if rest else "Nothing is left to do.", ()
    if report.diagnosis.faults:
        page = command("explain", report.diagnosis.faults[0].id)
        return "Next: edit, then check again. To read on:", (hint, page)
    if report.status == "not-implemented":
        return f"Next: write the body; README.md has the steps, `{hint}` a first one.", ()
    if report.score is None:
        return "The score is withheld; nothing was taken away.", ()
    return f"Next: edit, then check again. `{hint}` helps further.", ()
