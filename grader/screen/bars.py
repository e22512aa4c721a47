"""The recovered weights as bars, one a copy, with a line at the weight that was wanted."""

from fractions import Fraction

from rich.console import Console
from rich.text import Text

from grader.report import WeightsPart
from grader.screen.marks import Marks, marks

WIDEST, NARROWEST = 32, 8
AROUND = 26  # columns beside the bar: the name, the weight and gaps
MANY = 8


def print_bars(weights: WeightsPart, console: Console) -> None:
    """Print a bar for each copy: too long, too short or missing is seen without reading."""
    drawn = marks(console)
    width = max(NARROWEST, min(WIDEST, console.width - AROUND))
    largest = max(*map(abs, weights.found), *weights.wanted, 1e-9)
    pairs = list(zip(weights.found, weights.wanted, strict=True))
    for number, (found, wanted) in enumerate(pairs[:MANY], 1):
        line = Text(f"  copy {number:<2} ")
        line.append(bar(found / largest, wanted / largest, width, drawn))
        line.append(f"  {found:.4g}", style="bold")
        console.print(line)
    if len(pairs) > MANY:
        console.print(Text(f"  and {len(pairs) - MANY} more copies"))
    copies = round(1 / weights.wanted[0]) if weights.wanted[0] else 0
    if len(pairs) < copies:
        console.print(Text(f"  one copy only, where {copies} different ones were wanted"))
    shares = {_fraction(w) for w in weights.wanted}
    console.print(
        Text(f"  {drawn.wanted} is where each bar should end: {', '.join(sorted(shares))}")
    )


def bar(found: float, wanted: float, width: int, drawn: Marks) -> str:
    """A bar of a share of the width, with a line where it should have ended."""
    length = round(abs(found) * width)
    cells = [(drawn.bar if found > 0 else drawn.minus)] * length + [" "] * (width - length)
    cells.insert(min(round(wanted * width), width), drawn.wanted)
    return "".join(cells)


def _fraction(value: float) -> str:
    near = Fraction(value).limit_denominator(64)
    return str(near) if abs(float(near) - value) < 1e-3 * value else f"{value:.4g}"
