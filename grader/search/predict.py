"""What programs of a model answer on one case."""

from typing import Any

import numpy as np

from grader.search.model import Model

RAISES = (IndexError, ValueError, ZeroDivisionError, OverflowError)
NOTHING = object()  # the program would not return
UNKNOWN = object()  # it was not asked yet


class Predictor:
    """Answers of programs on one case; what two programs do alike is computed once."""

    def __init__(self, model: Model, inputs: Any, *, again: bool = False) -> None:
        """Take the inputs of a case, as the rows of the model want them.

        `again` tells that answers are asked for more than once, and are kept too.
        """
        self._model, self._inputs = model, inputs
        self._last = len(model.steps) - (not again)
        self._known: dict[tuple[int, ...], Any] = {(): None}

    def answer(self, numbers: tuple[int, ...]) -> np.ndarray | None:
        """The answer (any shape) of the program with these rows; None where it would raise."""
        known, does = self._known, self._model.does
        at = self._last
        while (value := known.get(numbers[:at], UNKNOWN)) is UNKNOWN:
            at -= 1
        while at < len(does):
            if value is not NOTHING:
                try:
                    value = does[at][numbers[at]](value, self._inputs)
                except RAISES:
                    value = NOTHING
            at += 1
            if at <= self._last:
                known[numbers[:at]] = value
        return None if value is NOTHING else np.asarray(value)
