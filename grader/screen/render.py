"""A report as a person reads it in a terminal (trusted side).

A pure function of the report and, for the line it points to, of the source. Every mark reads
without colour; text of a student is one line. What is said is decided in `grader.verdict.view`.
"""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from grader.core.report import Report
from grader.screen.checks import checks
from grader.screen.lines import hanging, packed, put, wrapped
from grader.screen.show import failure_lines
from grader.verdict.view import Verdict, look


def render(
    report: Report,
    console: Console,
    source: Sequence[str] = (),
    printed: Mapping[str, str] | None = None,
    *,
    verbose: bool = False,
    more: str = "--verbose",
) -> None:
    """Print a report: the verdict, the checks, one failure in full, and what tells more.

    `source` are the lines of the student's file, for the one that is quoted; `printed` is
    what it printed in public cases, by case. `more` is how all of it is asked for.
    """
    view = look(report, source, printed, verbose)
    put(wrapped(view.verdict, console, "bold green" if view.full else "bold"), console)
    _part(checks(view.checks, console), console)
    print_details(view, console)
    _part(wrapped(view.next, console) if view.next else (), console)
    asks = [more] if view.failure is not None and more and not verbose else []
    _part(packed("More:", [*view.commands, *asks], console), console)


def print_details(view: Verdict, console: Console) -> None:
    """Print one failure in full, what else was found, the advice, and the warnings."""
    if view.failure is not None:
        _part(failure_lines(view.failure, console), console)
    _part((part for line in view.also for part in wrapped(line, console)), console)
    for advice in view.advice:
        head = Text(f"Advice{advice.where}", style="bold")
        _part((head, *hanging(Text("  "), Text(advice.message), console)), console)
    for warning in view.warnings:
        _part(hanging(Text("Warning "), Text(warning), console), console)


def _part(lines: Iterable[Text], console: Console) -> None:
    """Print lines, if there are any, after an empty one."""
    if shown := list(lines):
        put([Text(), *shown], console)
