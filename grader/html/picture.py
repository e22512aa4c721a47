"""Where the bars of the weights are drawn: numbers for the template (trusted side)."""

from dataclasses import dataclass

from grader.verdict.failure import Bars

LEFT, WIDE, RIGHT = 64, 260, 76  # for the name, for the longest bar, for the weight
ROW, THICK, EDGE = 24, 14, 4


@dataclass(frozen=True)
class Bar:
    """One copy: its name, its weight as text, and where its bar and its mark are."""

    name: str
    weight: str
    top: int
    width: float
    below_zero: bool
    wanted_at: float


@dataclass(frozen=True)
class Picture:
    """A drawing of so many units, its bars, and what it shows in words."""

    height: int
    bars: tuple[Bar, ...]
    words: str
    width: int = LEFT + WIDE + RIGHT
    left: int = LEFT
    right: int = LEFT + WIDE + 10
    thick: int = THICK


def picture(bars: Bars) -> Picture:
    """Draw a bar a copy, to scale, with a mark where it should end."""
    drawn = []
    for place, (found, wanted) in enumerate(bars.pairs):
        width, mark = (round(WIDE * v / bars.largest, 1) for v in (abs(found), wanted))
        top = EDGE + place * ROW
        drawn.append(Bar(f"copy {place + 1}", f"{found:.4g}", top, width, found < 0, LEFT + mark))
    words = "; ".join(f"{bar.name}: {bar.weight}" for bar in drawn)
    height = 2 * EDGE + ROW * len(drawn) - (ROW - THICK)
    return Picture(height, tuple(drawn), f"{words}. Wanted: {bars.wanted}.")
