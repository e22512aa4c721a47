"""One wrong answer, element by element: what a student compares with their own print-out.

Of public cases only, whose expected values are in the public key. The worst element comes first;
numbers are written so that the last bits of a float do not show.
"""

import numpy as np

from exercise.findings.form import TOLERANCE, near_factor, read_form
from exercise.findings.view import View
from exercise.findings.weights import WEIGHT, right_copies
from exercise.wording.call import show_call
from exercise.wording.evidence import off_by
from grader.core.diagnosis import Element, Example, number
from grader.core.key import KeyCase
from grader.core.observation import Observation, Raised
from grader.core.source import Source
from grader.core.text import clean

ROWS = 5
LARGE = 1e6
CLEAR = 20  # a shift that is so many times the noise is one
SMALL = 1e-3  # below this an expected value gives no ratio that can be trusted


def example(view: View) -> Example | None:
    """The public case that the evidence is quoted from, if one was wrong."""
    case = view.shown_case()
    seen = view.run.seen.get(case.case.id) if case else None
    if case is None or seen is None:
        return None
    call = show_call(case.case)
    answer = _numbers(seen)
    if answer is None or answer.shape != case.expected.shape:
        return Example(case.case.id, call, _came_back(seen, view.source), (), 0, 0, "")
    expected = case.expected.astype(np.float64)
    wrong = _wrong(answer, expected)
    rows = tuple(_row(int(i), answer, expected) for i in wrong[:ROWS])
    pattern = _pattern(case, answer, expected)
    came_back = _came_back(seen, view.source)
    return Example(case.case.id, call, came_back, rows, len(wrong), answer.size, pattern)


def _came_back(seen: Observation, source: Source) -> str:
    if isinstance(seen, Raised):
        where = f" ({source.place(seen.line)})" if seen.line else ""
        message = clean(seen.message)
        return f"raised {clean(seen.type)}{': ' + message if message else ''}{where}"
    if not seen.dtype:
        return f"returned a {clean(seen.type)}"
    inside = "" if seen.bare else f" in a {clean(seen.type)}"
    return f"returned {clean(seen.dtype)} of shape {tuple(seen.shape)}{inside}"


def _numbers(seen: Observation) -> np.ndarray | None:
    return None if isinstance(seen, Raised) else read_form(seen).values


def _wrong(answer: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """The indices of wrong elements, the worst first; ties, but for noise, by index."""
    off = np.abs(answer - expected)
    off = np.where(np.isfinite(off), off, np.inf)
    wrong = np.flatnonzero(off > TOLERANCE * max(1.0, float(np.abs(expected).max())))
    return wrong[np.argsort([-float(f"{off[i]:.3g}") for i in wrong], kind="stable")]


def _row(index: int, answer: np.ndarray, expected: np.ndarray) -> Element:
    yours, wanted = float(answer[index]), float(expected[index])
    told = np.isfinite(yours) and abs(wanted) > SMALL
    ratio = _times(yours / wanted) if told else ""
    return Element(index, _short(yours), number(wanted), ratio)


def _times(factor: float) -> str:
    """A factor in two places, or in four where these would make it one."""
    return _short(factor, 2 if abs(factor - 1) >= 0.005 else 4)


def _short(value: float, digits: int | None = None) -> str:
    """A number that takes little room, however large it is."""
    if np.isfinite(value) and abs(value) >= LARGE:
        return f"{value:.3e}"
    return number(value) if digits is None else f"{round(value, digits) + 0.0:.{digits}f}"


def _pattern(case: KeyCase, answer: np.ndarray, expected: np.ndarray) -> str:
    """What all elements have in common, in one line; empty where nothing is seen."""
    odd = int((~np.isfinite(answer)).sum())
    if odd:
        return f"{odd} of {answer.size} are NaN or infinite"
    if not answer.any():
        return "all 0"
    n = case.case.integer("n_copies")
    close = near_factor(answer, expected)
    if close is not None:
        return f"all {off_by(close)}"
    factor = _factor(answer, expected)
    if factor is not None:
        return f"all x {_times(factor)}{_named(factor, n)}"
    for place, copy in enumerate(right_copies(case), 1):
        factor = _factor(answer, copy)
        if factor is not None:
            much = "" if abs(factor - 1) < WEIGHT else f" x {_times(factor)}{_named(factor, n)}"
            return f"equal to copy {place} alone{much}"
    if answer.size > 1 and np.ptp(answer) < WEIGHT:
        return "the same number everywhere"
    shift, noise = float((answer - expected).mean()), TOLERANCE * max(1.0, np.abs(answer).max())
    if answer.size > 1 and np.ptp(answer - expected) < noise < abs(shift) / CLEAR:
        return f"all off by {number(shift)}"
    return ""


def _factor(answer: np.ndarray, base: np.ndarray) -> float | None:
    """The number by which all of `base` is multiplied in the answer, if there is one."""
    square = float(base @ base)
    if square < SMALL**2 or answer.size < 2:
        return None
    factor = float(answer @ base) / square
    scale = max(1.0, float(np.abs(answer).max()))
    fits = np.abs(answer - factor * base).max() <= TOLERANCE * scale
    return factor if fits and abs(factor) > WEIGHT else None


def _named(factor: float, n: int) -> str:
    if n == 1:
        return ""
    for name, value in (("n_copies", n), ("1 / n_copies", 1 / n), ("n_copies squared", n * n)):
        if abs(factor / value - 1) < WEIGHT:
            return f" = {name}"
    divisor = n / factor
    return f" = n_copies / {divisor:.0f}" if abs(divisor - round(divisor)) < WEIGHT else ""
