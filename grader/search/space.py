"""All programs of a model within its limit, numbered; the same model gives the same numbers.

They are never written down: replaced steps and what their rows cost make a block, in which every
choice of rows is a program. Blocks follow each other from the cheapest to the dearest.
"""

import itertools
import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.search.model import Model

Numbers = tuple[int, ...]  # of a row for each step


@dataclass(frozen=True)
class Block:
    """The programs that replace the same steps by rows of the same costs."""

    first: int
    cost: int
    rows: tuple[tuple[int, ...], ...]  # for each step, the numbers of rows that may stand there

    def __iter__(self) -> Iterator[Numbers]:
        """The programs, in the order of their numbers."""
        return itertools.product(*self.rows)

    def __getitem__(self, place: int) -> Numbers:
        """The program that comes at a place in this order."""
        numbers = []
        for rows in reversed(self.rows):
            place, at = divmod(place, len(rows))
            numbers.append(rows[at])
        return tuple(reversed(numbers))


@lru_cache(maxsize=4)
def blocks(model: Model) -> tuple[Block, ...]:
    """All blocks of a model within its limit, the cheapest first."""
    by_cost: list[dict[int, list[int]]] = []
    for step in model.steps:
        groups: dict[int, list[int]] = {}
        for number, row in enumerate(step.rows[1:], 1):
            groups.setdefault(row.cost, []).append(number)
        by_cost.append(groups)
    found = []
    for count in range(model.most + 1):
        for steps in itertools.combinations(range(len(model.steps)), count):
            for costs in itertools.product(*(sorted(by_cost[s]) for s in steps)):
                if sum(costs) <= model.limit:
                    chosen = dict(zip(steps, costs, strict=True))
                    rows = tuple(
                        tuple(by_cost[s][chosen[s]]) if s in chosen else (0,)
                        for s in range(len(model.steps))
                    )
                    found.append((sum(costs), rows))
    found.sort(key=lambda block: block[0])
    sizes = [math.prod(map(len, rows)) for _, rows in found]
    firsts = [0, *itertools.accumulate(sizes)]
    return tuple(
        Block(first, cost, rows) for first, (cost, rows) in zip(firsts, found, strict=False)
    )


def every(model: Model, limit: int | None = None) -> Iterator[Numbers]:
    """All programs, or those within a lower limit, in the order of their numbers."""
    cheap = (b for b in blocks(model) if limit is None or b.cost <= limit)
    return itertools.chain.from_iterable(cheap)


def numbers_of(model: Model, number: int) -> Numbers:
    """The rows of the program with a number."""
    block = blocks(model)[bisect_right(blocks(model), number, key=lambda b: b.first) - 1]
    return block[number - block.first]
