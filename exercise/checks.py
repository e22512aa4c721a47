"""The graded properties: plain pytest tests, run on one submission's diagnosis.

A check fails for what the answers show, and is skipped where they show nothing either way: it is
passed only if all cases bear it out. The docstring is the title that students read.
"""

import pytest

from exercise.faults import of_check
from grader.grading import common
from grader.grading.checks import Graded


def _returns(graded: Graded) -> bool:
    """Tell whether there are answers: the program's own, or those with what raised mended."""
    return graded.run.status == "graded" or graded.diagnosis.mended


def _require(graded: Graded, fact: str, *earlier: str) -> None:
    """Skip if the answers do not show this fact, because of the check that says why not."""
    if not _returns(graded):
        graded.skip(because="runs")
    for check in earlier:
        if check in graded.failed:
            graded.skip(because=check)
    common.require(graded, fact)


@pytest.mark.points(10)
def test_runs(graded: Graded) -> None:
    """The function takes (seed, x, n_copies, features) and returns on every case."""
    common.runs(graded)


@pytest.mark.points(10)
def test_shape(graded: Graded) -> None:
    """Every answer is a one-dimensional float32 array of length features."""
    if not _returns(graded):
        graded.skip(because="runs")
    graded.forbid(*of_check("shape"))
    if "shape" in graded.diagnosis.unknown:
        _require(graded, "shape", "runs")


@pytest.mark.points(10)
def test_independent_copies(graded: Graded) -> None:
    """The copies have different parameters."""
    graded.forbid(*of_check("independent-copies"))
    _require(graded, "copies")


@pytest.mark.points(10)
def test_maps_only_the_keys(graded: Graded) -> None:
    """Initialisation maps over the keys and not over x."""
    graded.forbid(*of_check("maps-only-the-keys"))
    _require(graded, "copies")


@pytest.mark.points(10)
def test_every_copy_counts(graded: Graded) -> None:
    """Each copy enters the answer once."""
    graded.forbid(*of_check("every-copy-counts"))
    _require(graded, "weights", "independent-copies")


@pytest.mark.points(10)
def test_mean_not_sum(graded: Graded) -> None:
    """The copies are averaged: their sum is divided by n_copies, once."""
    graded.forbid(*of_check("mean-not-sum"))
    if graded.diagnosis.find("not-reduced"):
        graded.skip(because="shape")
    _require(graded, "weights")


@pytest.mark.points(10)
def test_vmapped_init(graded: Graded) -> None:
    """The copies are initialised in one vmapped call."""
    if any(advice.id == "looped-init" for advice in graded.diagnosis.advice):
        graded.fail("The copies are initialised in a loop.")
    # How init was called with in_axes mended is seen as well as how it is called without a fault.
    mapped = () if graded.diagnosis.mended else ("maps-only-the-keys",)
    _require(graded, "copies", "independent-copies", *mapped)


@pytest.mark.points(15)
def test_public_cases(graded: Graded) -> None:
    """All public cases match."""
    common.public_cases(graded)


@pytest.mark.points(15)
def test_hidden_cases(graded: Graded) -> None:
    """All hidden cases match."""
    common.hidden_cases(graded, "another seed or other numbers in x")
