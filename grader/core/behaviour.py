"""What one submission did, kept for the instructor: equal behaviour is found in it (trusted side).

Its answers to hidden cases are in here: this stays with the instructor. Numbers have five digits,
so that the last bits of a float do not make another file.
"""

from collections.abc import Iterator

import msgspec
import numpy as np

from grader.core.observation import Observation, Raised
from grader.core.text import anywhere, clean, clean_lines
from grader.grading.grade import Grading

SCHEMA = "lift-grader/behaviour/1"
MAX_NUMBERS = 256  # of one answer: more of a larger one is not told apart
SMALL = 1e-6  # nothing, with the noise of float32
MAX_LINES = 200  # of what was printed in one case


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What came back on one case: an array, its numbers as text; another thing; an exception."""

    case: str
    raised: bool
    type: str
    dtype: str = ""
    shape: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()


class Behaviour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answers, the weights recovered from them by case, what was printed in public cases."""

    schema: str = SCHEMA
    answers: tuple[Answer, ...] = ()
    weights: dict[str, tuple[str, ...]] = {}
    printed: dict[str, tuple[str, ...]] = {}

    def to_json(self) -> bytes:
        """Give its bytes."""
        return msgspec.json.encode(self) + b"\n"


NOTHING = Behaviour()


def from_json(data: bytes) -> Behaviour:
    """Read it again; raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(data, type=Behaviour)


def behaviour(grading: Grading) -> Behaviour:
    """What a grading has seen of its submission; nothing where there was no run."""
    if grading.run is None:
        return NOTHING
    weights = grading.diagnosis.recovered if grading.diagnosis else {}
    printed = {c: clean_lines(anywhere(text), MAX_LINES) for c, text in grading.printed.items()}
    return Behaviour(
        SCHEMA,
        tuple(_answer(case, seen) for case, seen in grading.run.seen.items()),
        {case: tuple(_numbers(np.asarray(found))) for case, found in weights.items()},
        {case: lines for case, lines in printed.items() if lines},
    )


def _answer(case: str, seen: Observation) -> Answer:
    if isinstance(seen, Raised):
        return Answer(case, True, clean(seen.type))
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
