"""Submissions that did the same, found in what they did and not in their text (pure, trusted side).

Two answers are equal when all that is not a number is equal and the numbers agree within
`TOLERANCE`; what is connected by equal pairs is one cluster. That is above the rounding of float32
and of what is kept, and below what any two mutants differ by.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.core.behaviour import Behaviour

TOLERANCE = 1e-4  # of the largest number of an answer, and of 1 where all are smaller
_Kind = tuple[object, ...]


@dataclass(frozen=True)
class Cluster:
    """A number to name it by, and who did the same; the first stands for all."""

    number: int
    students: tuple[str, ...]


def clusters(seen: Mapping[str, tuple[str, Behaviour]]) -> tuple[Cluster, ...]:
    """Group submissions by status and behaviour: the largest group first, then by first id."""
    kinds: dict[_Kind, list[str]] = defaultdict(list)
    for id in sorted(seen):
        kinds[_kind(*seen[id])].append(id)
    groups = [group for ids in kinds.values() for group in _linked(ids, seen)]
    groups.sort(key=lambda group: (-len(group), group[0]))
    return tuple(Cluster(n, tuple(group)) for n, group in enumerate(groups, 1))


def _kind(status: str, seen: Behaviour) -> _Kind:
    """All that is not a number."""
    answers = tuple(
        (a.case, a.raised, a.type, a.dtype, a.shape, len(a.numbers)) for a in seen.answers
    )
    return status, answers, tuple((case, len(found)) for case, found in seen.recovered.items())


def _linked(ids: Sequence[str], seen: Mapping[str, tuple[str, Behaviour]]) -> list[list[str]]:
    """Single linkage; what is equal to the last digit is one point."""
    points: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id in ids:
        points[_texts(seen[id][1])].append(id)
    matrix = np.array(list(points), dtype=np.float64)
    members = list(points.values())
    parent = list(range(len(members)))
    for place, group in enumerate(members):
        near = _equal(matrix[:place], matrix[place], _scales(seen[group[0]][1]))
        for other in np.flatnonzero(near):
            a, b = _root(parent, int(other)), _root(parent, place)
            parent[max(a, b)] = min(a, b)
    groups: dict[int, list[str]] = defaultdict(list)
    for place, group in enumerate(members):
        groups[_root(parent, place)] += group
    return [sorted(group) for group in groups.values()]


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        place = parent[place]
    return place


def _texts(seen: Behaviour) -> tuple[str, ...]:
    answers = (number for a in seen.answers for number in a.numbers)
    return (*answers, *(number for found in seen.recovered.values() for number in found))


def _scales(seen: Behaviour) -> np.ndarray:
    parts = [*(a.numbers for a in seen.answers), *seen.recovered.values()]
    scales = []
    for part in parts:
        sizes = np.abs(np.array(part, dtype=np.float64))
        scales += [max(1.0, float(sizes[np.isfinite(sizes)].max(initial=0)))] * len(part)
    return np.array(scales)


def _equal(rows: np.ndarray, row: np.ndarray, scales: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        close = np.abs(rows - row) <= TOLERANCE * scales
    return np.asarray((close | (rows == row) | (np.isnan(rows) & np.isnan(row))).all(axis=1))
