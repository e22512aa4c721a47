"""A report as a person reads it in a terminal (trusted side).

A pure function of the report. Every mark reads without colour; text of a student is one line.
"""

from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.message import clean
from grader.report import CheckPart, FaultPart, Report, WeightsPart

MARKS = {"passed": ("ok", "green"), "failed": ("NO", "red"), "skipped": ("--", "yellow")}
BAR = 24
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


def render(report: Report, console: Console) -> None:
    """Print a report: the verdict, the checks, the faults with evidence and hint, the next step."""
    full = report.score is not None and report.score == reachable(report)
    console.print(Text(verdict(report), style="bold green" if full else "bold"))
    if report.message and report.score is not None:
        _indented(report.message, console)
    console.print()
    console.print(_checks(report))
    for number, fault in enumerate(report.diagnosis.faults):
        _fault(fault, report.diagnosis.weights if number == 0 else None, console)
    if report.diagnosis.remark and report.status == "graded":
        console.print(Text("\nWhat the answers show", style="bold"))
        _indented(report.diagnosis.remark, console)
    for other in report.diagnosis.alternatives:
        console.print(Text(f"\nExplains the answers as well: {', '.join(other)}."))
    for advice in report.advice:
        where = f" (line {advice.line})" if advice.line else ""
        console.print(Text(f"\nAdvice, costs nothing{where}", style="bold"))
        _indented(advice.message, console)
    console.print()
    console.print(Text(_next_step(report, full)))


def _indented(text: str, console: Console, style: str = "") -> None:
    console.print(Padding(Text(text, style=style), (0, 0, 0, 2)))


def _checks(report: Report) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=4, justify="right")
    for check in report.checks:
        mark, colour = MARKS[check.outcome]
        said = {"passed": "", "failed": check.title, "skipped": check.message}[check.outcome]
        points = f"{check.points:>2} of {check.max_points}"
        table.add_row(Text(mark, style=colour), check.id, points, Text(said))
    return table


def _fault(fault: FaultPart, weights: WeightsPart | None, console: Console) -> None:
    where = f"  (line {fault.line})" if fault.line else ""
    console.print()
    console.print(Text(f"{fault.id}: {fault.title}{where}", style="bold"))
    _indented(fault.evidence, console)
    if weights is not None:
        _bars(weights, console)
    _indented(fault.hint, console, style="italic")


def _bars(weights: WeightsPart, console: Console) -> None:
    """A bar for each copy's weight, beside the weight that was wanted."""
    largest = max(*map(abs, weights.found), *weights.wanted, 1e-9)
    block: Literal["█", "#"] = "█" if (console.encoding or "").startswith("utf") else "#"
    for number, (found, wanted) in enumerate(zip(weights.found, weights.wanted, strict=True), 1):
        bar = block * round(abs(found) / largest * BAR)
        console.print(Text(f"    copy {number}  {found:>8.4g}  {bar:<{BAR}}  wanted {wanted:.4g}"))


def _next_step(report: Report, full: bool) -> str:
    if full:
        return "Nothing is left to do here."
    if report.diagnosis.faults:
        return f"Next: read `grader explain {report.diagnosis.faults[0].id}`, edit, check again."
    if report.status == "not-implemented":
        return "Next: write the body of the function; README.md beside it has the steps."
    if report.score is None:
        return "The score is withheld; nothing was taken away."
    return "Next: edit the file and check again."
