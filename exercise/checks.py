"""The graded properties: plain pytest tests, run on one submission's diagnosis.

A check fails for what the answers show, and is skipped where they show nothing either way: it is
passed only if all cases bear it out. The docstring is the title that students read.
"""

import pytest

from exercise.faults import of_check
from grader.core.key import KeyCase
from grader.core.observation import Raised
from grader.core.text import clean
from grader.grading.checks import Graded
from grader.grading.ending import refusal


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
    public = [k.case.id for k in graded.key.public]
    matched = all(graded.diagnosis.matches.get(id, False) for id in public)
    wrong = "hidden-cases" if matched else "public-cases"
    if graded.diagnosis.find("nondeterministic"):
        graded.skip(because=wrong, reason="the answers differ from call to call")
    if fact in graded.diagnosis.unknown:
        known = graded.diagnosis.faults
        reason = "these answers do not show it" if known else "no known mistake gives these answers"
        graded.skip(because=wrong, reason=reason)


@pytest.mark.points(10)
def test_runs(graded: Graded) -> None:
    """The function takes (seed, x, n_copies, features) and returns on every case."""
    if graded.run.status not in ("graded", "crashed"):
        graded.fail("The function could not be run.")
    seen = graded.run.seen
    cases = {k.case.id: k.case for k in graded.key.cases}
    raised = [(cases[i], s) for i, s in seen.items() if isinstance(s, Raised)]
    if raised:
        case, error = next((r for r in raised if r[0].public), raised[0])
        if not case.public:  # its message, and even its type, could tell the inputs
            graded.fail("A call with hidden inputs raised an exception.")
        text = f"{clean(error.type)}: {clean(error.message)}{refusal(graded.run, error)}"
        graded.fail(f"{graded.exercise.show_call(case)} raised {text}")


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


def _match(graded: Graded, cases: list[KeyCase]) -> None:
    if graded.run.status != "graded":
        graded.skip(because="runs")
    wrong = [k for k in cases if not graded.diagnosis.matches.get(k.case.id, False)]
    if wrong:
        text = f"{len(wrong)} of {len(cases)} {'is' if len(wrong) == 1 else 'are'} wrong"
        if all(graded.diagnosis.matches.get(k.case.id) for k in graded.key.public):
            text += ": another seed or other numbers in x, at sizes that public cases have"
        graded.fail(f"{text}.")
    if graded.diagnosis.find("nondeterministic"):
        graded.fail("The answers differ from call to call.")


@pytest.mark.points(15)
def test_public_cases(graded: Graded) -> None:
    """All public cases match."""
    _match(graded, list(graded.key.public))


@pytest.mark.points(15)
def test_hidden_cases(graded: Graded) -> None:
    """All hidden cases match."""
    if not graded.key.hidden:
        graded.later(graded.key.hidden_count)
    _match(graded, list(graded.key.hidden))
