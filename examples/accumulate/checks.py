"""The graded properties of "Gradient accumulation with dropout"."""

import pytest

from grader.authored import checks
from grader.grading.checks import Graded


@pytest.mark.points(10)
def test_runs(graded: Graded) -> None:
    """The function takes (params, xs, ys, seed, micro) and returns."""
    checks.runs(graded)


@pytest.mark.points(10)
def test_form(graded: Graded) -> None:
    """Every answer has the form that is asked for, and nothing that was handed in is changed."""
    checks.form(graded)


@pytest.mark.points(10)
def test_cut(graded: Graded) -> None:
    """Microbatches are consecutive rows."""
    checks.step(graded, "cut")


@pytest.mark.points(10)
def test_keys(graded: Graded) -> None:
    """Each microbatch has a key of its own, made from the seed."""
    checks.step(graded, "keys")


@pytest.mark.points(10)
def test_drop(graded: Graded) -> None:
    """Dropout keeps the expected value."""
    checks.step(graded, "drop")


@pytest.mark.points(10)
def test_loss(graded: Graded) -> None:
    """The loss is a mean over rows."""
    checks.step(graded, "loss")


@pytest.mark.points(10)
def test_mean(graded: Graded) -> None:
    """Losses and gradients are averaged over the microbatches."""
    checks.step(graded, "mean")


@pytest.mark.points(15)
def test_public_cases(graded: Graded) -> None:
    """All public cases match."""
    checks.public_cases(graded)


@pytest.mark.points(15)
def test_hidden_cases(graded: Graded) -> None:
    """All hidden cases match."""
    checks.hidden_cases(graded)
