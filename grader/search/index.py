"""Finds, by the first number of an answer, the programs that may have given it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.search.model import Model
from grader.search.predict import Predictor
from grader.search.space import every

NAN, INFINITE = 1e30, 2e30  # where answers that are not numbers are sorted
SPREAD = 1e-3  # of those places: float32 does not keep them exactly


@dataclass(frozen=True)
class Index:
    """The first numbers of all programs' answers to one case, sorted, and whose they are.

    `leads` is float32 (n,), `numbers` uint32 (n,): programs that return nothing are in neither.
    """

    leads: np.ndarray
    numbers: np.ndarray

    def near(self, lead: float, width: float) -> np.ndarray:
        """The programs (m,), by number, whose answers begin within a width of `lead`, in order."""
        at = _sortable(np.array([lead]))[0]
        width += abs(at) * (SPREAD if abs(at) >= NAN else np.finfo(np.float32).eps)
        low, high = np.searchsorted(self.leads, [at - width, at + width])
        return np.sort(self.numbers[low:high])


@np.errstate(all="ignore")  # a wrong program may divide by zero
def build_index(model: Model, inputs: Any) -> Index:
    """Let every program of a model answer one case."""
    predictor = Predictor(model, inputs)
    leads, numbers = [], []
    for number, rows in enumerate(every(model)):
        answer = predictor.answer(rows)
        if answer is not None and answer.size:
            leads.append(answer.flat[0])
            numbers.append(number)
    sortable = _sortable(np.array(leads)).astype(np.float32)
    order = np.argsort(sortable, kind="stable")
    return Index(sortable[order], np.array(numbers, np.uint32)[order])


def _sortable(leads: np.ndarray) -> np.ndarray:
    """Numbers to sort by (n,): what is not a number has a place of its own."""
    endless = np.isinf(leads)
    bounded = np.clip(np.where(np.isnan(leads), NAN, leads), -NAN, NAN)
    return np.asarray(np.where(endless, np.sign(leads) * INFINITE, bounded))
