"""The graded properties of "Stacked init: K sets of parameters in one tree"."""

import pytest

from grader.authored import checks
from grader.grading.checks import Graded


@pytest.mark.points(10)
def test_runs(graded: Graded) -> None:
    """The function takes (seed, x, n_copies, features) and returns."""
    checks.runs(graded)


@pytest.mark.points(10)
def test_form(graded: Graded) -> None:
    """Every answer has the form that is asked for, and nothing that was handed in is changed."""
    checks.form(graded)


@pytest.mark.points(17)
def test_keys(graded: Graded) -> None:
    """Each copy has a key of its own, made from the seed."""
    checks.step(graded, "keys")


@pytest.mark.points(17)
def test_init(graded: Graded) -> None:
    """The keys are mapped over, and x is not."""
    checks.step(graded, "init")


@pytest.mark.points(16)
def test_finish(graded: Graded) -> None:
    """The stacked tree is returned whole."""
    checks.step(graded, "finish")


@pytest.mark.points(15)
def test_public_cases(graded: Graded) -> None:
    """All public cases match."""
    checks.public_cases(graded)


@pytest.mark.points(15)
def test_hidden_cases(graded: Graded) -> None:
    """All hidden cases match."""
    checks.hidden_cases(graded)
