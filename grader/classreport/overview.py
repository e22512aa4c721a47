"""The class in numbers: statuses, scores (pure, trusted side)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from grader.classreport.facts import Facts
from grader.core.report import GRADABLE

BINS = 20  # of the whole range: five points each, where there are a hundred


@dataclass(frozen=True)
class Bin:
    """A range of scores, both ends included, and how many submissions lie in it."""

    low: int
    high: int
    count: int


@dataclass(frozen=True)
class Overview:
    """What a class adds up to; mean and median are None when nothing has a score."""

    submissions: int
    gradable: int
    full: int
    mean: float | None
    median: float | None
    statuses: tuple[tuple[str, int], ...]
    scores: tuple[Bin, ...]


def overview(facts: Sequence[Facts]) -> Overview:
    """Add a class up; statuses are counted, the commonest first."""
    scores = sorted(f.score for f in facts if f.score is not None)
    statuses = Counter(f.status for f in facts)
    top = max((f.max_score for f in facts), default=0)
    middle = (scores[(len(scores) - 1) // 2] + scores[len(scores) // 2]) / 2 if scores else None
    return Overview(
        len(facts),
        sum(f.status in GRADABLE for f in facts),
        sum(f.score == f.max_score for f in facts),
        round(sum(scores) / len(scores), 1) if scores else None,
        middle,
        tuple(sorted(statuses.items(), key=lambda item: (-item[1], item[0]))),
        _bins(scores, top),
    )


def _bins(scores: Sequence[int], top: int) -> tuple[Bin, ...]:
    width = max(1, -(-top // BINS))
    lows = range(0, max(top, 1), width)
    counts = Counter(min(score // width, len(lows) - 1) for score in scores)
    last = len(lows) - 1
    return tuple(
        Bin(low, top if n == last else low + width - 1, counts[n]) for n, low in enumerate(lows)
    )
