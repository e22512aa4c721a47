"""Everything that a report may say is said, and is kind."""

from collections.abc import Callable

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from exercise import EXERCISE
from exercise.faults import ORDER
from grader.cli import main
from grader.core.diagnosis import number
from solution.pitfalls import PITFALLS

PAGES = EXERCISE.wording.faults


def test_every_fault_has_a_page_and_a_place() -> None:
    """Pages, reading order and pitfalls agree."""
    assert set(PAGES) == set(ORDER)
    assert {p.id for p in PITFALLS} <= set(PAGES)


@pytest.mark.parametrize("fault", sorted(PAGES))
def test_page_is_printed_and_kind(fault: str) -> None:
    """A page has what, why, wrong and right; the hint asks; nothing blames or belittles."""
    result = CliRunner().invoke(main, ["explain", fault])
    assert result.exit_code == 0
    page = PAGES[fault]
    for part in (page.title, page.what, page.why, page.hint):
        assert part in " ".join(result.output.split())
    assert max(map(len, result.output.splitlines())) <= 80
    assert "?" in page.hint
    words = set(f"{page.what} {page.why} {page.hint}".lower().replace(".", " ").split())
    assert not words & {"just", "simply", "obviously", "stupid", "wrongly"}


def test_pages_do_not_give_the_solution_away() -> None:
    """Patterns are shown on another example than the exercise."""
    for page in PAGES.values():
        assert "model.init" not in page.wrong + page.right
        assert "model.apply" not in page.wrong + page.right


@given(st.floats(1e-4, 1e4), st.floats(-3e-8, 3e-8))
def test_numbers_are_written_alike_whatever_their_last_bits(value: float, noise: float) -> None:
    """Noise of float32 size does not change how a weight that is a plain fraction is written."""
    plain = float(f"{value:.4g}")
    assert number(plain * (1 + noise)) == number(plain)


def test_numbers_that_lie_between_two_are_rounded_up() -> None:
    """1/64 = 0.015625 has five digits: it is rounded half up, with noise on either side."""
    assert {number(1 / 64 * (1 + e)) for e in (-1e-8, 0.0, 1e-8)} == {"0.01563"}
    assert number(float("nan")) == "nan"
    assert number(1 / 3) == "0.3333"


Grade = Callable[[str], object]


def test_case_is_shown_as_a_call() -> None:
    """A public case reads as a student would type it."""
    from grader.core.case import Case

    case = Case("c", True, {"seed": 0, "x": np.array([-1.0, 0.5]), "n_copies": 3, "features": 5})
    assert EXERCISE.show_call(case) == (
        "custom_lift_forward(seed=0, x=[-1, 0.5], n_copies=3, features=5)"
    )
