"""A wrong public answer as a small table, the worst element first, and the pattern in a line."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.report import ExamplePart

INDENT = 2


def print_array(example: ExamplePart, console: Console) -> None:
    """Print index, yours, expected and ratio; nothing where there are no rows."""
    if not example.rows:
        return
    table = Table.grid(padding=(0, 0, 0, 3))
    for heading in ("index", "yours", "expected", "ratio"):
        table.add_column(justify="right", no_wrap=True)
        table.columns[-1].header = heading
    table.add_row(*(Text(str(c.header), style="underline") for c in table.columns))
    for row in example.rows:
        ratio = f"x {row.ratio}" if row.ratio else ""
        table.add_row(str(row.index), Text(row.yours, style="bold"), row.expected, ratio)
    console.print(Padding(table, (0, 0, 0, INDENT)))
    more = example.wrong - len(example.rows)
    notes = [f"{more} more of the {example.size} elements are wrong"] if more > 0 else []
    right = example.size - example.wrong
    notes += [f"the other {right} of {example.size} are right"] if right else []
    notes += [f"pattern: {example.pattern}"] if example.pattern else []
    for note in notes:
        console.print(Text(" " * INDENT + note))
