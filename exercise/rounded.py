"""Explains answers of a whole-number dtype, which keep too little for least squares.

The answers that known faults give are rounded as a cast would, and compared.
"""

from collections.abc import Callable

import numpy as np

from exercise.form import Form
from exercise.mixture import Mixture
from exercise.strategies import RIGHT
from exercise.view import Faults, View
from grader.key import KeyCase

_ROUNDINGS: tuple[Callable[[np.ndarray], np.ndarray], ...] = (np.trunc, np.round, np.floor)


def _right(case: KeyCase) -> np.ndarray:
    return case.copies[RIGHT].astype(np.float64)[:-1]


_GUESSES: tuple[tuple[Faults, Callable[[KeyCase], np.ndarray]], ...] = (
    ((), lambda k: _right(k).mean(axis=0)),
    (("sum-not-mean",), lambda k: _right(k).sum(axis=0)),
    (("shared-key",), lambda k: k.copies["root"][0]),
    (("late-bound-lambda",), lambda k: _right(k)[-1]),
    (("shared-key", "sum-not-mean"), lambda k: k.copies["root"][0] * len(_right(k))),
)


def explain_rounded(
    view: View, forms: dict[str, Form]
) -> tuple[list[Faults], Mixture | None] | None:
    """Give the first guess that every answer is a rounding of."""
    answers = ((k, forms[k.case.id].answer) for k, _ in view.returned())
    given = [(k, answer) for k, answer in answers if answer is not None]
    for faults, guess in _GUESSES:
        for rounding in _ROUNDINGS:
            if given and all(np.array_equal(rounding(guess(k)), a) for k, a in given):
                return [faults], None
    return None
