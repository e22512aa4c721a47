"""The error model of an exercise: the steps of its reference, and what students do instead."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

USUAL, RARE = 2, 3  # what a replaced step costs


@dataclass(frozen=True, eq=False)
class Row:
    """One way to do a step: the right one, which costs nothing, or a misconception.

    `do` takes what the step before gave (None for the first step) and the case's inputs, and gives
    the step's value; it raises IndexError, ValueError or ZeroDivisionError where a program would
    not return. `says` is the sentence that is read when the row explains an answer, with fields
    that the exercise fills in. A row without faults is described and not named.
    """

    name: str
    do: Callable[[Any, Any], Any]
    faults: tuple[str, ...] = ()
    says: str = ""
    cost: int = USUAL
    # Tells whether the source bears it out, where its faults have no answer to that, or another;
    # a number is the line that does.
    shown: Callable[[Any], object] | None = None


@dataclass(frozen=True, eq=False)
class Step:
    """A replaceable part of the reference; the first row is what the reference does."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Program:
    """The reference with some steps replaced: the number of a row for each step."""

    steps: tuple[Step, ...]
    numbers: tuple[int, ...]

    @property
    def replaced(self) -> dict[str, Row]:
        """The rows that are not the reference's, by step."""
        chosen = zip(self.steps, self.numbers, strict=True)
        return {step.name: step.rows[number] for step, number in chosen if number}

    @property
    def cost(self) -> int:
        """What all replaced steps cost."""
        return sum(row.cost for row in self.replaced.values())

    @property
    def faults(self) -> tuple[str, ...]:
        """The faults of all replaced steps, each once."""
        rows = self.replaced.values()
        return tuple(dict.fromkeys(fault for row in rows for fault in row.faults))


@dataclass(frozen=True, eq=False)  # each is itself: it is looked up often
class Model:
    """All steps in the order in which a program takes them; programs within `limit` are searched.

    `most` bounds how many steps are replaced at once.
    """

    steps: tuple[Step, ...]
    limit: int = 6
    most: int = 3

    @cached_property
    def does(self) -> tuple[tuple[Callable[[Any, Any], Any], ...], ...]:
        """What the rows of each step do, by number."""
        return tuple(tuple(row.do for row in step.rows) for step in self.steps)

    @cached_property
    def digest(self) -> str:
        """What an index depends on: the names and costs of all rows, in order."""
        rows = [(s.name, r.name, r.cost) for s in self.steps for r in s.rows]
        return hashlib.sha256(repr((rows, self.limit, self.most)).encode()).hexdigest()
