"""Where the bars of a picture are drawn: numbers for the template (trusted side)."""

from dataclasses import dataclass

from grader.verdict.failure import Bars

LEFT, WIDE, RIGHT = 64, 260, 76  # for the name, for the longest bar, for the number
ROW, THICK, EDGE = 24, 14, 4


@dataclass(frozen=True)
class Bar:
    """One part: its name, its number as text, and where its bar and its mark are."""

    name: str
    number: str
    top: int
    width: float
    below_zero: bool
    wanted_at: float


@dataclass(frozen=True)
class Drawing:
    """A drawing of so many units, its bars, and what it shows in words."""

    title: str
    height: int
    bars: tuple[Bar, ...]
    words: str
    width: int = LEFT + WIDE + RIGHT
    left: int = LEFT
    right: int = LEFT + WIDE + 10
    thick: int = THICK


def draw(bars: Bars) -> Drawing:
    """Draw a bar for each part, to scale, with a mark where it should end."""
    drawn = []
    for place, (found, wanted) in enumerate(bars.pairs):
        width, mark = (round(WIDE * v / bars.largest, 1) for v in (abs(found), wanted))
        top = EDGE + place * ROW
        drawn.append(
            Bar(f"{bars.part} {place + 1}", f"{found:.4g}", top, width, found < 0, LEFT + mark)
        )
    words = "; ".join(f"{bar.name}: {bar.number}" for bar in drawn)
    height = 2 * EDGE + ROW * len(drawn) - (ROW - THICK)
    return Drawing(bars.title, height, tuple(drawn), f"{words}. Wanted: {bars.wanted}.")
