"""Prints the most useful failure: what was called, what came back, what it means, where to look."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.screen.arrays import print_array
from grader.screen.bars import print_bars
from grader.screen.failure import Failure


def print_failure(failure: Failure, console: Console) -> None:
    """Print a failure, part by part."""
    where = f"  {failure.place}" if failure.place else ""
    console.print(Text.assemble((f"\n{failure.heading}", "bold red"), where))
    rows = [("called", failure.called), ("it", failure.came_back)] if failure.called else []
    _labelled([*rows, ("shows", failure.shows)], console)
    print_array(failure.rows, failure.notes, console)
    if failure.bars is not None:
        print_bars(failure.bars, console)
    if failure.code:
        _labelled([("line", f"{failure.line} | {failure.code}")], console)
    if failure.printed:
        _labelled([("printed", "\n".join(failure.printed))], console)
    if failure.hint:
        _labelled([("hint", failure.hint)], console, "bold")


def _labelled(rows: Sequence[tuple[str, str]], console: Console, style: str = "") -> None:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=7, justify="left")
    table.add_column()
    for label, text in rows:
        table.add_row(Text(label), Text(text, style=style))
    console.print(Padding(table, (0, 0, 0, 2)))
