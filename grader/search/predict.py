"""What programs of a model answer on one case."""

from typing import Any

import numpy as np

from grader.search.model import Model

RAISES = (IndexError, ValueError, ZeroDivisionError, OverflowError)
NOTHING = object()  # the program would not return


class Predictor:
    """Answers of programs on one case; what two programs do alike is computed once."""

    def __init__(self, model: Model, inputs: Any) -> None:
        """Take the inputs of a case, as the rows of the model want them."""
        self._model, self._inputs = model, inputs
        self._known: dict[tuple[int, ...], Any] = {(): None}

    @np.errstate(all="ignore")  # a wrong program may divide by zero
    def answer(self, numbers: tuple[int, ...]) -> np.ndarray | None:
        """The answer (any shape) of the program with these rows; None where it would raise."""
        value = self._value(numbers)
        return None if value is NOTHING else np.asarray(value)

    def _value(self, numbers: tuple[int, ...]) -> Any:
        if numbers in self._known:
            return self._known[numbers]
        before = self._value(numbers[:-1])
        value: Any = NOTHING
        if before is not NOTHING:
            row = self._model.steps[len(numbers) - 1].rows[numbers[-1]]
            try:
                value = row.do(before, self._inputs)
            except RAISES:
                value = NOTHING
        if len(numbers) < len(self._model.steps):  # the last step is seldom asked twice
            self._known[numbers] = value
        return value
