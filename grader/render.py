"""A report as a person reads it in a terminal (trusted side).

A pure function of the report and, for the line it points to, of the source. Every mark reads
without colour; text of a student is one line.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader.message import clean
from grader.report import CheckPart, Report
from grader.screen.checks import checks
from grader.screen.failure import print_failure

LATER = "graded later"


def reachable(report: Report) -> int:
    """The points that can be earned here: checks that are graded elsewhere are left out."""
    return sum(c.max_points for c in report.checks if not is_later(c))


def is_later(check: CheckPart) -> bool:
    """Tell whether a check waits for cases that are not at hand."""
    return check.outcome == "skipped" and check.message.endswith(LATER)


def verdict(report: Report) -> str:
    """One line: how it ended, in a sentence."""
    name = clean(report.submission.name)
    if report.score is None:
        return f"{name}: no score. {clean(report.message)}"
    later = sum(c.max_points for c in report.checks if is_later(c))
    points = f"{report.score} of {report.max_score} points"
    if later:
        points = f"{report.score} of {reachable(report)} points, {later} more are graded later"
    if report.status != "graded":
        return f"{name}: {points}. {report.status}."
    if report.diagnosis.faults:
        titles = "; ".join(f.title for f in report.diagnosis.faults)
        return f"{name}: {points}. What the answers show: {titles}."
    if report.score == reachable(report):
        return f"{name}: {points}. Every answer is right."
    return f"{name}: {points}."


def render(report: Report, console: Console, source: Sequence[str] = ()) -> None:
    """Print a report: the verdict, the checks, one failure in full, and what to do next.

    `source` are the lines of the student's file, for the one that is quoted.
    """
    full = report.score is not None and report.score == reachable(report)
    console.print(Text(verdict(report), style="bold green" if full else "bold"))
    console.print()
    if report.checks:
        console.print(checks(report))
    print_details(report, console, source)
    console.print()
    console.print(Text(next_step(report, full)))


def print_details(report: Report, console: Console, source: Sequence[str] = ()) -> None:
    """Print one failure in full, what else was found, and the advice; nothing for full points."""
    if report.score is None or report.score != reachable(report):
        print_failure(report, console, source)
    _others(report, console)
    for advice in report.advice:
        where = f" (line {advice.line})" if advice.line else ""
        console.print(Text(f"\nAdvice, costs nothing{where}", style="bold"))
        console.print(Padding(Text(advice.message), (0, 0, 0, 2)))


def _others(report: Report, console: Console) -> None:
    """What else was found, in a line each: one thing at a time is enough to work on."""
    for fault in report.diagnosis.faults[1:]:
        where = f" (line {fault.line})" if fault.line else ""
        console.print(Text(f"\nAlso: {fault.id}: {fault.title}{where}"))
    for other in report.diagnosis.alternatives:
        console.print(Text(f"\nExplains the answers as well: {', '.join(other)}."))


def next_step(report: Report, full: bool) -> str:
    """What to do now, and which command tells more."""
    if full:
        later = any(is_later(c) for c in report.checks)
        return "Next: hand it in; the rest is graded later." if later else "Nothing is left to do."
    if report.diagnosis.faults:
        page = f"grader explain {report.diagnosis.faults[0].id}"
        return f"Next: edit, then check again. To read on:\n  grader hint\n  {page}"
    if report.status == "not-implemented":
        return "Next: write the body; README.md has the steps, `grader hint` a first one."
    if report.score is None:
        return "The score is withheld; nothing was taken away."
    return "Next: edit, then check again. `grader hint` helps further."
