"""What is proved before an exercise is built, of programs whose answers are made up."""

import numpy as np
import pytest

from grader import wire
from grader.author.proof import NOISE, USUAL, Row, prove


def numbers(*values: float) -> wire.Returned:
    """An answer that is an array of these."""
    data = np.array(values, np.float32)
    array = wire.Array("float32", data.shape, data.tobytes())
    return wire.Returned("ArrayImpl", None, False, tree=array)


RAISED = wire.Raised("ValueError", "sizes 3 and 4")
RIGHT: Row = (numbers(1, 2), numbers(3, 4))


def test_the_tolerance_is_the_usual_one_where_there_is_room() -> None:
    """Far from the nearest wrong program, and above what the reference gives in other ways."""
    programs = {"": RIGHT, "a": (numbers(1, 2), numbers(3, 5))}
    found = prove(programs, {"jit": [(0, numbers(1, 2.000001))]})
    assert found.tolerance == USUAL
    assert found.nearest == (pytest.approx(0.25), "a")
    assert found.legitimate == NOISE
    assert not found.troubles


def test_the_tolerance_lies_in_the_gap_that_there_is() -> None:
    """Between the two where the usual one is too near to one of them."""
    programs = {"": RIGHT, "a": (numbers(1, 2), numbers(3, 4.1))}
    found = prove(programs, {"jit": [(0, numbers(1, 2.0002))]})
    assert 1e-4 < found.tolerance < 0.1 / 4
    assert not found.troubles


def test_without_a_gap_nothing_is_built() -> None:
    """A wrong program nearer than a legitimate one: no tolerance tells them apart."""
    programs = {"": RIGHT, "a": (numbers(1, 2.0002), numbers(3, 4))}
    found = prove(programs, {"jit": [(0, numbers(1, 2.0002))]})
    assert any("no room for a tolerance" in why for _, why in found.troubles)


def test_a_pitfall_that_no_case_shows_is_a_trouble() -> None:
    """It would be marked right."""
    found = prove({"": RIGHT, "a": RIGHT, "b": (numbers(9, 9), numbers(3, 4))}, {})
    assert found.troubles == (
        ("a", "a gives the reference's answer on every case: no case tells them apart"),
    )


def test_programs_that_are_alike_are_listed_with_the_reason() -> None:
    """A pitfall that raises hides others; two that do the same are both named."""
    programs: dict[str, Row] = {
        "": RIGHT,
        "a": (RAISED, RAISED),
        "b": (numbers(0, 2), numbers(0, 4)),
        "c": (numbers(0, 2), numbers(0, 4)),
        "a+b": (RAISED, RAISED),
        "b+d": RIGHT,
        "d": (numbers(2, 2), numbers(6, 4)),
    }
    assert prove(programs, {}).remarks == (
        "b and d together give the right answer on every case",
        "a hides b: it raises on every case",
        "b and c give the same on every case: a report names both",
    )


def test_a_variant_that_draws_other_numbers_is_left_out() -> None:
    """In 64 bits JAX draws otherwise: that is no legitimate way to the same answer."""
    programs = {"": RIGHT, "a": (numbers(9, 2), numbers(3, 4))}
    found = prove(programs, {"x64": [(0, numbers(5, 5))], "jit": [(0, RAISED)]})
    assert found.legitimate == NOISE
    assert [remark.split(":")[0] for remark in found.remarks] == ["x64", "jit"]
