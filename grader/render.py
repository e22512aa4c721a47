"""A report as a person reads it in a terminal (trusted side).

A pure function of the report and, for the line it points to, of the source. Every mark reads
without colour; text of a student is one line. What is said is decided in `grader.screen.view`.
"""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader.report import Report
from grader.screen.checks import checks
from grader.screen.show import print_failure
from grader.screen.view import View, look


def render(
    report: Report,
    console: Console,
    source: Sequence[str] = (),
    printed: Mapping[str, str] | None = None,
) -> None:
    """Print a report: the verdict, the checks, one failure in full, and what to do next.

    `source` are the lines of the student's file, for the one that is quoted; `printed` is
    what it printed in public cases, by case.
    """
    view = look(report, source, printed)
    console.print(Text(view.verdict, style="bold green" if view.full else "bold"))
    console.print()
    if view.checks:
        console.print(checks(view.checks))
    print_details(view, console)
    console.print()
    console.print(Text("\n  ".join((view.next, *view.commands))))


def print_details(view: View, console: Console) -> None:
    """Print one failure in full, what else was found, the advice, and the warnings."""
    if view.failure is not None:
        print_failure(view.failure, console)
    for line in view.also:
        console.print(Text(f"\n{line}"))
    for advice in view.advice:
        console.print(Text(f"\nAdvice{advice.where}", style="bold"))
        console.print(Padding(Text(advice.message), (0, 0, 0, 2)))
    for warning in view.warnings:
        console.print(Text.assemble(("\nWarning ", "bold"), warning))
