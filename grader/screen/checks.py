"""The checks, a line each: mark, name, points, and what a check that was not passed wants."""

from itertools import groupby

from msgspec import structs
from rich.table import Table
from rich.text import Text

from grader.message import clean
from grader.report import CheckPart, Report
from grader.screen.marks import OUTCOMES

MANY = 4  # so many skipped checks in a row are one line
SHORT = 48


def checks(report: Report) -> Table:
    """Give the list of checks; a passed one needs no words."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=4, justify="right")
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column()
    for _, group in groupby(report.checks, lambda c: (c.outcome, c.outcome == "skipped" or c.id)):
        alike = list(group)
        if len(alike) < MANY:
            for check in alike:
                _row(table, check, check.id, _said(check))
        else:
            waiting = _together(alike)
            _row(table, waiting, f"{len(alike)} more checks", _why(alike))
    return table


def _row(table: Table, check: CheckPart, name: str, said: str) -> None:
    mark, colour = OUTCOMES[check.outcome]
    points = f"{check.points} of {check.max_points}"
    table.add_row(Text(mark, style=colour), name, points, Text(said))


def _said(check: CheckPart) -> str:
    """Nothing for a passed check; of a failed one what is wrong, or what is wanted, if shorter."""
    if check.outcome == "passed":
        return ""
    message = clean(check.message)
    return message if check.outcome == "skipped" or len(message) <= SHORT else check.title


def _together(checks: list[CheckPart]) -> CheckPart:
    """One line's worth of several checks that were skipped."""
    return structs.replace(
        checks[0],
        points=sum(c.points for c in checks),
        max_points=sum(c.max_points for c in checks),
    )


def _why(checks: list[CheckPart]) -> str:
    reasons = dict.fromkeys(clean(c.message) for c in checks)
    return "; ".join(reasons)
