"""The form of an answer: is it an array, of floats, of shape (features,), and if not, what is it.

Whatever its form, the numbers in it are brought to one vector (F,), so that a wrong shape does not
hide what else the answer shows.
"""

from dataclasses import dataclass

import numpy as np

from exercise.mixture import RESIDUAL, WEIGHT, solve
from exercise.strategies import RIGHT
from grader.key import KeyCase
from grader.observation import FLOATS, Returned

LOW_PRECISION = {"float16": 2e-3, "bfloat16": 2e-2}


@dataclass(frozen=True)
class Form:
    """Faults of form, the answer (F,) inside, if there is one, and how exact its numbers are.

    `terms` says what the vector stands for: the answer itself, or a sum or a mean of its rows.
    """

    faults: tuple[str, ...]
    answer: np.ndarray | None
    tolerance: float = RESIDUAL
    kept: bool = False  # the copies were kept apart, so nothing was divided


def read_form(seen: Returned, case: KeyCase) -> Form:
    """Read an answer to a case."""
    faults: list[str] = []
    if not seen.bare:
        faults.append("not-an-array")
    array = seen.array
    if array is None:
        return Form(tuple(faults or ["not-an-array"]), None)
    tolerance = RESIDUAL
    if seen.bare and seen.dtype not in ("float32", "float64"):
        faults.append("wrong-dtype")
        tolerance = LOW_PRECISION.get(seen.dtype, RESIDUAL)
        if seen.dtype not in FLOATS and array.dtype.kind != "c":
            tolerance = 1.0  # whole numbers: only what rounds to them can be compared
    if array.dtype.kind == "c":
        array = array.real
    features = case.expected.shape[0]
    if array.shape == (features,):
        return Form(tuple(faults), array, tolerance)
    shaped = _read_shape(array, case, tolerance)
    if not seen.bare and not array.ndim:
        return Form(tuple(faults), shaped.answer, tolerance)  # a number has no shape to be wrong
    return Form((*faults, *shaped.faults), shaped.answer, tolerance, shaped.kept)


def _read_shape(array: np.ndarray, case: KeyCase, tolerance: float) -> Form:
    features = case.expected.shape[0]
    n = case.case.integer("n_copies")
    if array.size == features and features in array.shape:
        return Form(("wrong-shape",), array.reshape(features))
    if array.ndim == 1 and array.size == n * features and n > 1:
        return Form(("wrong-shape",), array.reshape(n, features).sum(axis=0), kept=True)
    squeezed = array.squeeze()
    if squeezed.ndim == 2 and features in squeezed.shape:
        rows = squeezed if squeezed.shape[1] == features else squeezed.T
        return _read_rows(rows, case, tolerance)
    averages = _read_averages(squeezed, case, n)
    return averages or Form(("wrong-shape",), None)


def _read_rows(rows: np.ndarray, case: KeyCase, tolerance: float) -> Form:
    """A matrix with a row a copy was not reduced; one with equal rows of a mean is mis-shaped."""
    same = bool(np.ptp(rows, axis=0).max() <= WEIGHT)
    if same and len(rows) > 1:
        single = any(
            solve(copy[None], rows[0], tolerance) is not None
            for name in (RIGHT, "root", *(n for n in case.copies if "root" in n))
            for copy in case.copies[name].astype(np.float64)
        )
        if not single:
            return Form(("wrong-shape",), rows[0])
    return Form(("not-reduced",), rows.sum(axis=0), kept=True)


def _read_averages(array: np.ndarray, case: KeyCase, n: int) -> Form | None:
    """A value a copy, or one in all, that is an average over features."""
    right = case.copies[RIGHT].astype(np.float64)
    others = (c.astype(np.float64) for name, c in case.copies.items() if name != RIGHT)
    for copies in (right[:-1], right[1:], *others):
        if len(copies) not in (1, n):
            continue
        copies = np.broadcast_to(copies, (n, copies.shape[1]))
        sums = copies.sum(axis=1) if array.shape == (n,) else copies.sum(keepdims=True).ravel()
        if array.shape not in ((n,), ()):
            return None
        weights = solve(sums[None], np.atleast_1d(array), 1e-5)
        if weights is None:
            continue
        f = copies.shape[1]
        summed = abs(weights[0] - 1) < WEIGHT
        averaged = abs(weights[0] * f * (1 if array.ndim else n) - 1) < WEIGHT
        if summed or averaged:
            scale = 1.0 if summed else 1.0 / n
            fault = "wrong-axis" if array.ndim else "wrong-shape"
            return Form((fault,), copies.sum(axis=0) * scale)
    return None
