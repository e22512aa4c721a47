"""The graded properties: plain pytest tests, run on one submission's diagnosis.

A check fails for what the answers show, and is skipped where they show nothing either way. The
docstring is the title that students read.
"""

import pytest

from grader.checks import Graded
from grader.message import clean, refusal
from grader.observation import Raised

COPIES = ("late-bound-lambda", "overwritten-accumulator", "first-copy-twice", "missing-copy")
DIVISION = ("sum-not-mean", "wrong-divisor", "divided-twice")
FORM = ("not-an-array", "wrong-dtype", "wrong-shape", "not-reduced", "wrong-axis")
AXES = ("missing-in-axes", "unsliced-params")


def _forbid(graded: Graded, *ids: str) -> None:
    """Fail when one of the faults was found, with its evidence."""
    fault = graded.diagnosis.find(*ids)
    if fault is not None:
        pytest.fail(fault.evidence, pytrace=False)


def _require_evidence(graded: Graded, failed: list[str], *needed: str, of: str = "copies") -> None:
    """Skip, because of the check that failed, when the answers say nothing on this one."""
    if graded.run.status != "graded":
        pytest.skip("skipped because of runs")
    because = [check for check in failed if check in needed]
    if because:
        pytest.skip(f"skipped because of {because[0]}")
    if graded.diagnosis.find("nondeterministic"):
        pytest.skip("skipped because of public-cases: the answers differ from call to call")
    if of in graded.diagnosis.unknown:
        known = graded.diagnosis.faults
        reason = "these answers do not show it" if known else "no known mistake gives these answers"
        pytest.skip(f"skipped because of public-cases: {reason}")


@pytest.mark.points(10)
def test_runs(graded: Graded) -> None:
    """The function takes (seed, x, n_copies, features) and returns on every case."""
    if graded.run.status not in ("graded", "crashed"):
        pytest.fail("The function could not be run.", pytrace=False)
    seen = graded.run.seen
    cases = {k.case.id: k.case for k in graded.key.cases}
    raised = [(cases[i], s) for i, s in seen.items() if isinstance(s, Raised)]
    if raised:
        case, error = next((r for r in raised if r[0].public), raised[0])
        if not case.public:  # its message, and even its type, could tell the inputs
            pytest.fail("A call with hidden inputs raised an exception.", pytrace=False)
        call = graded.exercise.show_call(case)
        text = f"{clean(error.type)}: {clean(error.message)}{refusal(graded.run, error)}"
        pytest.fail(f"{call} raised {text}", pytrace=False)
    for again in graded.run.again:
        if again.how == "keyword" and isinstance(again.seen, Raised):
            pytest.fail("Called with keyword arguments it raised an exception.", pytrace=False)


@pytest.mark.points(10)
def test_shape(graded: Graded, failed: list[str]) -> None:
    """Every answer is a one-dimensional float array of length features."""
    if graded.run.status != "graded":
        _require_evidence(graded, failed)
    _forbid(graded, *FORM)


@pytest.mark.points(10)
def test_independent_copies(graded: Graded, failed: list[str]) -> None:
    """The copies have different parameters."""
    _forbid(graded, "shared-key")
    _require_evidence(graded, failed)


@pytest.mark.points(10)
def test_maps_only_the_keys(graded: Graded, failed: list[str]) -> None:
    """Initialisation maps over the keys and not over x."""
    _forbid(graded, "missing-in-axes")
    _require_evidence(graded, failed)


@pytest.mark.points(10)
def test_every_copy_counts(graded: Graded, failed: list[str]) -> None:
    """Each copy enters the answer once."""
    _forbid(graded, *COPIES, "unsliced-params")
    _require_evidence(graded, failed, "independent-copies", of="weights")


@pytest.mark.points(10)
def test_mean_not_sum(graded: Graded, failed: list[str]) -> None:
    """The copies are averaged: their sum is divided by n_copies, once."""
    _forbid(graded, *DIVISION)
    if graded.diagnosis.find("not-reduced"):
        pytest.skip("skipped because of shape")
    _require_evidence(graded, failed, of="weights")


@pytest.mark.points(10)
def test_vmapped_init(graded: Graded, failed: list[str]) -> None:
    """The copies are initialised in one vmapped call."""
    if any(advice.id == "looped-init" for advice in graded.diagnosis.advice):
        message = "One more copy costs one more call of init: the copies are initialised in a loop."
        pytest.fail(message, pytrace=False)
    _require_evidence(graded, failed, "independent-copies", "maps-only-the-keys")


def _match(graded: Graded, ids: list[str], kind: str) -> None:
    wrong = [id for id in ids if not graded.diagnosis.matches.get(id, False)]
    if wrong:
        pytest.fail(f"{len(wrong)} of {len(ids)} {kind} cases do not match.", pytrace=False)
    if graded.diagnosis.find("nondeterministic"):
        pytest.fail("The answers differ from call to call.", pytrace=False)


@pytest.mark.points(15)
def test_public_cases(graded: Graded) -> None:
    """All public cases match."""
    if graded.run.status != "graded":
        pytest.skip("skipped because of runs")
    _match(graded, [k.case.id for k in graded.key.public], "public")


@pytest.mark.points(15)
def test_hidden_cases(graded: Graded, request: pytest.FixtureRequest) -> None:
    """All hidden cases match."""
    if not graded.key.hidden:
        marker = request.node.get_closest_marker("points")
        count, points = graded.key.hidden_count, marker.args[0]
        pytest.skip(f"{count} more cases, worth {points} points, are graded later")
    if graded.run.status != "graded":
        pytest.skip("skipped because of runs")
    _match(graded, [k.case.id for k in graded.key.hidden], "hidden")
