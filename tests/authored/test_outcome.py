"""When two calls came to the same: exactly for whole numbers, within a tolerance for others."""

import numpy as np
import pytest

from grader import wire
from grader.authored.outcome import masked, outcome, same
from grader.authored.stories import same_in_order
from grader.core.case import pack
from grader.core.observation import Raised, parse

TOLERANCE = 2e-5
THOUSANDS = np.array([100_000, 7])


def equal(a: object, b: object) -> bool:
    """Whether two answers are the same."""
    answers = [wire.Returned("T", None, False, tree=pack(value)) for value in (a, b)]  # type: ignore[arg-type]
    return same(*(outcome(parse(answer, whole=True)) for answer in answers), TOLERANCE)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (np.float32([1000.01, 0]), np.float32([1000, 0]), True),
        (np.float32([1000.1, 0]), np.float32([1000, 0]), False),
        (np.float64([1]), np.float32([1]), True),
        (np.float16([1]), np.float32([1]), False),
        (THOUSANDS.astype("int32"), (THOUSANDS + 1).astype("int32"), False),
        (THOUSANDS.astype("uint32"), THOUSANDS.astype("uint32"), True),
        (100_000, 100_001, False),
        (1, True, False),
        (1, 1.0, False),
        (0.1, 0.1 + 1e-9, True),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([1, 2], (1, 2), False),
        ("mean", "sum", False),
        (None, None, True),
        (np.float32([np.nan]), np.float32([np.nan]), True),
        (np.float32([np.inf]), np.float32([1e30]), False),
        (np.zeros((0, 2), "float32"), np.zeros((2, 0), "float32"), False),
    ],
)
def test_answers_are_the_same(a: object, b: object, expected: bool) -> None:
    """In structure, kind, dtype, shape and numbers; a wider dtype is as good."""
    assert equal(a, b) == expected


def test_numbers_in_order_are_as_exact_as_their_leaves() -> None:
    """In another structure a key's large words leave no room for what is beside them."""
    words = np.uint32([0, 2_000_000_000])
    right, flat, wrong = (
        outcome(parse(wire.Returned("T", None, False, tree=pack(value)), whole=True))
        for value in (
            {"key": words, "y": np.float32([1.0, 2.0])},
            [words, np.float32([1.0, 2.0])],
            [words, np.float32([1.0, 2.1])],
        )
    )
    assert same_in_order(flat, right, TOLERANCE)
    assert not same_in_order(wrong, right, TOLERANCE)


def test_exceptions_are_the_same_behind_their_numbers() -> None:
    """Type and words decide; sizes, names in quotes and later lines do not."""
    first = Raised("ValueError", "sizes 3 and 4 of 'x'\nmore", ())
    assert masked(first) == masked(Raised("ValueError", "sizes 30 and 1 of 'kernel'", ()))
    assert masked(first) != masked(Raised("TypeError", "sizes 3 and 4 of 'x'", ()))
    assert masked(first) != masked(Raised("ValueError", "no idea", ()))
