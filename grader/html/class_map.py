"""Where the map of the class is drawn: numbers for the template (trusted side).

One band a pattern and not one a submission: thousands of submissions share some dozens of
patterns, so the drawing stays small.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.classreport.patterns import Pattern

HEAD, LEFT, RIGHT, WIDE = 120, 52, 64, 72  # for the names, the counts, the scores; of a check
GAP = 1
TALLEST, LOWEST, EACH = 1000, 12, 12  # of all bands, of one, of one submission


@dataclass(frozen=True)
class Band:
    """A pattern: where its band is and how tall, and what it says."""

    pattern: Pattern
    top: float
    height: float
    words: str


@dataclass(frozen=True)
class ClassMap:
    """A drawing of so many units: a column a check, a band a pattern."""

    width: int
    height: float
    columns: tuple[tuple[int, str], ...]
    bands: tuple[Band, ...]
    to_scale: bool
    head: int = HEAD
    left: int = LEFT
    wide: int = WIDE
    gap: int = GAP


def class_map(patterns: Sequence[Pattern], checks: Sequence[str]) -> ClassMap:
    """Draw bands as tall as they have submissions, but tall enough to be seen."""
    total = sum(len(p.students) for p in patterns)
    each = min(EACH, TALLEST / max(total, 1))
    top, bands = float(HEAD), []
    for pattern in patterns:
        height = round(max(LOWEST, each * len(pattern.students)), 1)
        bands.append(Band(pattern, round(top, 1), height, _words(pattern, checks)))
        top += height + GAP
    to_scale = all(each * len(p.students) >= LOWEST for p in patterns)
    columns = tuple((LEFT + n * WIDE, check) for n, check in enumerate(checks))
    return ClassMap(
        LEFT + WIDE * len(checks) + RIGHT, round(top + 4, 1), columns, tuple(bands), to_scale
    )


def _words(pattern: Pattern, checks: Sequence[str]) -> str:
    """A band in words: how many, the score, and which checks were not passed."""
    count = len(pattern.students)
    who = f"{count} submission{'' if count == 1 else 's'}, {pattern.score} points"
    pairs = list(zip(checks, pattern.outcomes, strict=False))
    parts = [
        f"{outcome}: {', '.join(check for check, o in pairs if o == outcome)}"
        for outcome in ("failed", "skipped")
        if outcome in pattern.outcomes
    ]
    return "; ".join((who, *parts)) or who
