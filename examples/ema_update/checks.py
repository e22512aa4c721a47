"""The graded properties of "EMA of parameters"."""

import pytest

from grader.authored import checks
from grader.grading.checks import Graded


@pytest.mark.points(10)
def test_runs(graded: Graded) -> None:
    """The function takes (ema, params, decay, step) and returns."""
    checks.runs(graded)


@pytest.mark.points(10)
def test_form(graded: Graded) -> None:
    """Every answer has the form that is asked for, and nothing that was handed in is changed."""
    checks.form(graded)


@pytest.mark.points(17)
def test_mix(graded: Graded) -> None:
    """Old and new are mixed with weights decay and 1 - decay."""
    checks.step(graded, "mix")


@pytest.mark.points(17)
def test_correct(graded: Graded) -> None:
    """The bias of the first steps is corrected."""
    checks.step(graded, "correct")


@pytest.mark.points(16)
def test_over(graded: Graded) -> None:
    """Every leaf of the tree is averaged."""
    checks.step(graded, "over")


@pytest.mark.points(15)
def test_public_cases(graded: Graded) -> None:
    """All public cases match."""
    checks.public_cases(graded)


@pytest.mark.points(15)
def test_hidden_cases(graded: Graded) -> None:
    """All hidden cases match."""
    checks.hidden_cases(graded)
