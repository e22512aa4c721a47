"""A picture as bars, one for each part, with a line where each should end."""

from rich.text import Text

from grader.screen.marks import Marks
from grader.verdict.failure import Bars

WIDEST, NARROWEST = 32, 8
AROUND = 19  # columns beside the bar: the name, the line, the number


def lines(bars: Bars, room: int, drawn: Marks) -> list[Text]:
    """A bar for each part: too long, too short or missing is seen without reading."""
    width = max(NARROWEST, min(WIDEST, room - AROUND))
    shown = []
    for number, (found, wanted) in enumerate(bars.pairs, 1):
        drawing = bar(found / bars.largest, wanted / bars.largest, width, drawn)
        shown.append(
            Text.assemble(f"{bars.part} {number:<2} ", drawing, (f"  {found:.4g}", "bold"))
        )
    return [*shown, *map(Text, bars.notes), Text(f"each should reach {bars.wanted}")]


def bar(found: float, wanted: float, width: int, drawn: Marks) -> str:
    """A bar of a share of the width, with a line where it should have ended."""
    length = round(abs(found) * width)
    cells = [(drawn.bar if found > 0 else drawn.minus)] * length + [" "] * (width - length)
    cells.insert(min(round(wanted * width), width), drawn.wanted)
    return "".join(cells)
