"""Where the bars of the scores are drawn: numbers for the template (trusted side)."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.classreport.overview import Bin

HIGH, WIDE, GAP, TOP, BELOW, SIDE = 150, 30, 4, 20, 26, 8


@dataclass(frozen=True)
class Bar:
    """A range of scores: its bar, its place on the scale, its label, and its words."""

    x: int
    y: float
    height: float
    tick: int
    label: str
    count: int
    words: str


@dataclass(frozen=True)
class Histogram:
    """A drawing of so many units, its bars, and the numbers below."""

    width: int
    height: int
    base: int
    bars: tuple[Bar, ...]
    wide: int = WIDE - GAP


def label(bin: Bin) -> str:
    """How a range of scores is written."""
    return str(bin.low) if bin.low == bin.high else f"{bin.low}-{bin.high}"


def histogram(bins: Sequence[Bin]) -> Histogram:
    """Draw a bar a range, as tall as it has submissions."""
    most = max((b.count for b in bins), default=0) or 1
    bars = []
    for n, b in enumerate(bins):
        height = round(HIGH * b.count / most, 1)
        words = f"{b.count} submission{'' if b.count == 1 else 's'} with {label(b)} points"
        top = round(TOP + HIGH - height, 1)
        tick = b.high if n == len(bins) - 1 else b.low
        bars.append(Bar(SIDE + n * WIDE, top, height, tick, label(b), b.count, words))
    width = 2 * SIDE + len(bins) * WIDE
    return Histogram(width, TOP + HIGH + BELOW, TOP + HIGH, tuple(bars))
