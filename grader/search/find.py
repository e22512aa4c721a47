"""Finds all programs of a model that give exactly the answers seen, on every case."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

import numpy as np

from grader.search.index import Index
from grader.search.model import Model, Program
from grader.search.predict import Predictor
from grader.search.space import every, numbers_of

SLACK = 2  # a usual step more than the cheapest explanation has
UNINDEXED = 4  # what a program may cost that is looked for without an index


@dataclass(frozen=True)
class Answer:
    """What was returned on one case, the case's inputs, and how exact its numbers are.

    `values` are float64 of any shape, and not empty; a prediction that is off by `tolerance` at
    most is equal. `index` is the key's for the case, if there is one.
    """

    inputs: Any
    values: np.ndarray
    tolerance: float
    index: Index | None = None


def find(model: Model, answers: Sequence[Answer]) -> list[Program]:
    """The programs whose predictions equal all answers, the cheapest first.

    Programs that cost more than `SLACK` above the first are left out. Equal are as many numbers, in
    the same order, within each answer's tolerance; what their shape says is left to who asks. Put
    first the answers that tell most. Without a usable index, only cheap programs are tried.
    """
    if not answers:
        return []
    near = [
        a.index.near(float(a.values.flat[0]), a.tolerance) for a in answers if a.index is not None
    ]
    if not near:
        candidates = every(model, UNINDEXED)
    else:
        fewest = reduce(partial(np.intersect1d, assume_unique=True), near)
        candidates = (numbers_of(model, int(number)) for number in fewest)
    tests = [(Predictor(model, answer.inputs), answer) for answer in answers]
    found: list[Program] = []
    for numbers in candidates:
        candidate = Program(model.steps, numbers)
        if found and candidate.cost > found[0].cost + SLACK:
            break
        if all(fits(p.answer(numbers), a.values, a.tolerance) for p, a in tests):
            found.append(candidate)
    return found


def fits(predicted: np.ndarray | None, values: np.ndarray, tolerance: float) -> bool:
    """Tell whether a prediction (n,) is an answer (n,), number by number; NaN equals NaN."""
    if predicted is None or predicted.size != values.size:
        return False
    if abs(float(predicted.flat[0]) - float(values.flat[0])) > tolerance:
        return False  # most are off at once
    with np.errstate(all="ignore"):
        return bool(
            np.isclose(
                predicted.ravel(),
                values.ravel(),
                rtol=0,
                atol=tolerance,
                equal_nan=True,
            ).all()
        )
