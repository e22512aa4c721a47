"""What a grading has seen of a submission, as it is kept for the instructor (trusted side)."""

from collections.abc import Iterator

import numpy as np

from grader.core.behaviour import NOTHING, SCHEMA, Answer, Behaviour
from grader.core.observation import Observation, Raised
from grader.core.text import anywhere, clean, clean_lines
from grader.core.tree import leaves, written
from grader.core.tree import numbers as tree_numbers
from grader.grading.grade import Grading

MAX_NUMBERS = 256  # of one answer: more of a larger one is not told apart
SMALL = 1e-6  # nothing, with the noise of float32
MAX_LINES = 200  # of what was printed in one case


def behaviour(grading: Grading) -> Behaviour:
    """What a grading has seen of its submission; nothing where there was no run."""
    if grading.run is None:
        return NOTHING
    recovered = grading.diagnosis.recovered if grading.diagnosis else {}
    printed = {c: clean_lines(anywhere(text), MAX_LINES) for c, text in grading.printed.items()}
    return Behaviour(
        SCHEMA,
        tuple(_answer(case, seen) for case, seen in grading.run.seen.items()),
        {case: tuple(_numbers(np.asarray(found))) for case, found in recovered.items()},
        {case: lines for case, lines in printed.items() if lines},
    )


def _answer(case: str, seen: Observation) -> Answer:
    if isinstance(seen, Raised):
        return Answer(case, True, clean(seen.type))
    if seen.tree is not None:
        form = " ".join(f"{written(path)}:{leaf}" for path, leaf in leaves(seen.tree))
        return Answer(case, False, clean(form), "", (), tuple(_numbers(tree_numbers(seen.tree))))
    numbers = () if seen.array is None else tuple(_numbers(seen.array))
    return Answer(case, False, clean(seen.type), clean(seen.dtype), seen.shape, numbers)


def _numbers(array: np.ndarray) -> Iterator[str]:
    flat = array.ravel()[:MAX_NUMBERS]
    parts = np.stack([flat.real, flat.imag], 1).ravel() if array.dtype.kind == "c" else flat
    return (_short(float(value)) for value in parts)


def _short(value: float) -> str:
    if not np.isfinite(value):
        return str(value)
    return f"{value:.4e}" if abs(value) >= SMALL else "0"
