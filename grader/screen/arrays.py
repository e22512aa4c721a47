"""A wrong public answer as a small table, the worst element first, and the pattern in a line."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.diagnosis import Row

INDENT = 2


def print_array(rows: Sequence[Row], notes: Sequence[str], console: Console) -> None:
    """Print index, yours, expected and ratio; nothing where there are no rows."""
    if not rows:
        return
    table = Table.grid(padding=(0, 0, 0, 3))
    for heading in ("index", "yours", "expected", "ratio"):
        table.add_column(justify="right", no_wrap=True)
        table.columns[-1].header = heading
    table.add_row(*(Text(str(c.header), style="underline") for c in table.columns))
    for row in rows:
        ratio = f"x {row.ratio}" if row.ratio else ""
        table.add_row(str(row.index), Text(row.yours, style="bold"), row.expected, ratio)
    console.print(Padding(table, (0, 0, 0, INDENT)))
    for note in notes:
        console.print(Text(" " * INDENT + note))
