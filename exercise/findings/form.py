"""The form of an answer: is it an array, of which dtype, and which numbers are in it."""

from dataclasses import dataclass

import numpy as np

from grader.core.key import KeyCase
from grader.core.observation import Returned

# Programs that compute alike agree to 1e-6, others differ by 1e-3 or more (tests measure both).
TOLERANCE = 2e-5
PRECISION = {"float16": 2e-3, "bfloat16": 2e-2}
RIGHT_DTYPES = ("float32", "float64")  # the wider one is advised on, and costs nothing
SMALL = 1e-3
NEAR = 1e-3  # an answer as close as this, relative to its numbers, is nearly right


@dataclass(frozen=True)
class Form:
    """Faults of form, the numbers (float64, any shape) if there are any, and how exact they are."""

    faults: tuple[str, ...]
    values: np.ndarray | None
    tolerance: float = TOLERANCE


def scale(case: KeyCase) -> float:
    """What an answer's deviation is measured by: the case's own numbers, however small."""
    return float(max(SMALL, np.abs(case.expected).max(), np.abs(case.case.array("x")).max()))


def near_factor(answer: np.ndarray, expected: np.ndarray) -> float | None:
    """The one number, close to 1, that all of `expected` (F,) is multiplied by in `answer` (F,)."""
    square = float(expected @ expected)
    if not square or not np.isfinite(answer).all():
        return None
    factor = float(answer @ expected) / square
    left, off = np.abs(answer - factor * expected).max(), np.abs(answer - expected).max()
    return factor if abs(factor - 1) < NEAR and left < off / 20 else None


def read_form(seen: Returned) -> Form:
    """Read what came back; what its shape should have been is not asked here."""
    values = seen.array
    if values is not None and values.dtype.kind == "c":
        values = None if values.imag.any() else values.real
    if values is not None and not values.size:
        values = None
    if not seen.bare:
        return Form(("not-an-array",), values)
    if seen.dtype in RIGHT_DTYPES:
        return Form((), values)
    return Form(("wrong-dtype",), values, PRECISION.get(seen.dtype, TOLERANCE))
