"""The most useful failure in lines: the call, what came back, what it shows, where to look."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from grader.screen import bars
from grader.screen.arrays import table
from grader.screen.lines import GAP, beside, hanging
from grader.screen.marks import marks
from grader.verdict.failure import Failure

MARGIN = "  "
LABEL = 8  # columns
NEAR = 28  # columns that bars need beside a table


def failure_lines(failure: Failure, console: Console) -> Iterator[Text]:
    """Give the lines of a failure, as wide as the console."""
    yield Text(failure.heading, style="bold red")
    if failure.called:
        yield from _labelled("called", failure.called, console)
        yield from _labelled("it", failure.came_back, console)
    yield from _labelled("shows", failure.shows, console)
    yield from _figure(failure, console)
    if failure.place:
        where = f"{failure.place}\n{failure.code}" if failure.code else failure.place
        yield from _labelled("line", where, console)
    if failure.printed:
        yield from _labelled("printed", "\n".join(failure.printed), console)
    if failure.hint:
        yield from _labelled("hint", failure.hint, console, "bold")


def _figure(failure: Failure, console: Console) -> Iterator[Text]:
    """The table, and the bars beside it where there is room."""
    margin = Text(MARGIN + " " * LABEL)
    room = console.width - margin.cell_len
    left = table(failure.rows, failure.notes)
    right: list[Text] = []
    if failure.bars is not None:
        rest = room - max((line.cell_len + GAP for line in left), default=0)
        right = bars.lines(failure.bars, rest if rest >= NEAR else room, marks(console))
    for line in beside(left, right, room):
        yield from hanging(margin, line, console)


def _labelled(label: str, text: str, console: Console, style: str = "") -> Iterator[Text]:
    lead = Text.assemble(MARGIN, (f"{label:<{LABEL}}", "dim"))
    return hanging(lead, Text(text, style=style), console)
