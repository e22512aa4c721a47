"""The checks, a line each: mark, name, points, and what a check that was not passed wants."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from grader.screen.marks import OUTCOMES
from grader.screen.view import CheckLine


def checks(lines: Sequence[CheckLine]) -> Table:
    """Give the list of checks; a passed one needs no words."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=4, justify="right")
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column()
    for line in lines:
        mark, colour = OUTCOMES[line.outcome]
        points = f"{line.points} of {line.max_points}"
        table.add_row(Text(mark, style=colour), line.name, points, Text(line.said))
    return table
