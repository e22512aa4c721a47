"""Finds all programs of a model that fit all that was seen, on every case."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Protocol

import numpy as np

from grader.search.index import Index
from grader.search.model import Model, Program
from grader.search.predict import Predictor
from grader.search.space import Numbers, every, numbers_of

SLACK = 2  # a usual step more than the cheapest explanation has
UNINDEXED = 4  # what a program may cost that is looked for without an index
MANY = 5_000  # programs: the index tells nothing of so coarse an answer (samples: 1,495 at most)


class Seen(Protocol):
    """What was seen of one call: whatever tells which programs fit it."""

    def near(self) -> np.ndarray | None:
        """The programs (m,), by number in order, that may fit; None where any may."""

    def fits(self, numbers: Numbers) -> bool:
        """Tell whether the program with these rows would have done this."""


@dataclass(frozen=True)
class Answer:
    """What was returned on one case, the predictions for it, and how exact its numbers are.

    `values` are float64 of any shape, and not empty; a prediction that is off by `tolerance` at
    most is equal. `index` is the key's for the case, if there is one. Equal are as many numbers, in
    the same order; what their shape says is left to who asks.
    """

    predictor: Predictor
    values: np.ndarray
    tolerance: float
    index: Index | None = None

    def near(self) -> np.ndarray | None:
        """What the index has near the answer's first number."""
        if self.index is None:
            return None
        return self.index.near(float(self.values.flat[0]), self.tolerance)

    def fits(self, numbers: Numbers) -> bool:
        """Tell whether the program's prediction is this answer."""
        return fits(self.predictor.answer(numbers), self.values, self.tolerance)


@np.errstate(all="ignore")  # a wrong program may divide by zero
def find(model: Model, seen: Sequence[Seen]) -> list[Program]:
    """The programs that fit all that was seen, the cheapest first.

    Programs that cost more than `SLACK` above the first are left out. Put first what tells most.
    Where all of it may be any program's, or that of very many, only cheap ones are tried.
    """
    if not seen:
        return []
    near = [programs for programs in (one.near() for one in seen) if programs is not None]
    fewest = reduce(partial(np.intersect1d, assume_unique=True), near) if near else None
    if fewest is None or len(fewest) > MANY:
        candidates = every(model, UNINDEXED)
    else:
        candidates = (numbers_of(model, int(number)) for number in fewest)
    found: list[Program] = []
    for numbers in candidates:
        candidate = Program(model.steps, numbers)
        if found and candidate.cost > found[0].cost + SLACK:
            break
        if all(one.fits(numbers) for one in seen):
            found.append(candidate)
    return found


def fits(predicted: np.ndarray | None, values: np.ndarray, tolerance: float) -> bool:
    """Tell whether a prediction (n,) is an answer (n,), number by number; NaN equals NaN.

    NumPy may warn of what is not finite.
    """
    if predicted is None or predicted.size != values.size:
        return False
    if abs(float(predicted.flat[0]) - float(values.flat[0])) > tolerance:
        return False  # most are off at once
    a, b = predicted.ravel(), values.ravel()
    off = np.abs(a - b)
    most = float(np.maximum.reduce(off))
    if not math.isnan(most):
        return most <= tolerance
    undecided = np.isnan(off)  # NaN on a side, or infinite on both
    if (off[~undecided] > tolerance).any():
        return False
    return bool(((a == b) | (np.isnan(a) & np.isnan(b)))[undecided].all())
