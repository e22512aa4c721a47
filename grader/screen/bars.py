"""The recovered weights as bars, one a copy, with a line at the weight that was wanted."""

from rich.console import Console
from rich.text import Text

from grader.screen.failure import Bars
from grader.screen.marks import Marks, marks

WIDEST, NARROWEST = 32, 8
AROUND = 26  # columns beside the bar: the name, the weight and gaps


def print_bars(bars: Bars, console: Console) -> None:
    """Print a bar for each copy: too long, too short or missing is seen without reading."""
    drawn = marks(console)
    width = max(NARROWEST, min(WIDEST, console.width - AROUND))
    for number, (found, wanted) in enumerate(bars.pairs, 1):
        line = Text(f"  copy {number:<2} ")
        line.append(bar(found / bars.largest, wanted / bars.largest, width, drawn))
        line.append(f"  {found:.4g}", style="bold")
        console.print(line)
    for note in bars.notes:
        console.print(Text(f"  {note}"))
    console.print(Text(f"  {drawn.wanted} is where each bar should end: {bars.wanted}"))


def bar(found: float, wanted: float, width: int, drawn: Marks) -> str:
    """A bar of a share of the width, with a line where it should have ended."""
    length = round(abs(found) * width)
    cells = [(drawn.bar if found > 0 else drawn.minus)] * length + [" "] * (width - length)
    cells.insert(min(round(wanted * width), width), drawn.wanted)
    return "".join(cells)
