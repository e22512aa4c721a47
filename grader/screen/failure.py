"""The most useful failure in full: what was called, what came back, what it means, where to look.

Source lines are the student's own: shown on one line each, without control characters.
"""

import re
from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.message import clean
from grader.report import Report
from grader.screen.arrays import print_array
from grader.screen.bars import print_bars

_LINE = re.compile(r"\(line (\d+)\)")


def line_of(report: Report) -> int | None:
    """The line of the student's file that the first fault, or the ending, points to."""
    if report.diagnosis.faults:
        return report.diagnosis.faults[0].line
    found = _LINE.findall(report.message)
    return int(found[-1][:6]) if found else None


def print_failure(report: Report, console: Console, source: Sequence[str] = ()) -> None:
    """Print the first fault with its evidence; without a fault, how the run ended or what is seen.

    With the source's lines, the line it is about is shown too.
    """
    diagnosis = report.diagnosis
    fault = diagnosis.faults[0] if diagnosis.faults else None
    if fault is not None:
        heading, shows = f"{fault.id}: {fault.title}", fault.evidence
    elif report.status != "graded":
        heading, shows = report.status, report.message
    elif diagnosis.remark:
        heading, shows = "What the answers show", diagnosis.remark
    else:
        return
    line = line_of(report)
    where = f"  {clean(report.submission.name)}:{line}" if line else ""
    console.print(Text.assemble((f"\n{heading}", "bold red"), where))
    example = diagnosis.example
    rows: list[tuple[str, str]] = []
    if example is not None and report.status in ("graded", "crashed"):
        rows += [("called", example.call), ("it", clean(example.came_back))]
    rows.append(("shows", clean_long(shows)))
    _labelled(rows, console)
    if example is not None:
        print_array(example, console)
    if diagnosis.weights is not None:
        print_bars(diagnosis.weights, console)
    if line and 0 < line <= len(source):
        code = f"{line} | {clean(source[line - 1])}"
        _labelled([("line", code)], console)
    if fault is not None:
        _labelled([("hint", fault.hint)], console, "bold")


def clean_long(text: str) -> str:
    """Evidence is ours with cleaned parts: only control characters could still be in it."""
    return "".join(c if c.isprintable() else " " for c in text)


def _labelled(rows: Sequence[tuple[str, str]], console: Console, style: str = "") -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=6, justify="left")
    table.add_column()
    for label, text in rows:
        cells: tuple[RenderableType, ...] = (Text(label), Text(text, style=style))
        table.add_row(*cells)
    console.print(Padding(table, (0, 0, 0, 2)))
