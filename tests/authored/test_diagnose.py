"""What is said of answers that are trees: form first, numbers second, nothing untrue."""

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.authored.checks import FORMS
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.observation import Observation, Raised, Returned, parse_tree
from grader.core.run import Run
from grader.grading.checks import Graded
from grader.grading.suite import Suite
from tests.core.test_tree import VALUES
from tests.support.authored import diagnosis_of, made, run_of

Tree = dict[str, Any]
Program = Callable[[Tree, float], Any]


def right(params: Tree, scale: float) -> Tree:
    """As it should be."""
    return {name: scale * jnp.var(leaf) for name, leaf in params.items()}


def uncentred(params: Tree, scale: float) -> Tree:
    """One pitfall."""
    return {name: scale * jnp.mean(leaf**2) for name, leaf in params.items()}


def both(params: Tree, scale: float) -> Tree:
    """Two pitfalls."""
    return {name: scale * jnp.sum(leaf**2) for name, leaf in params.items()}


def _changed(params: Tree, scale: float) -> Tree:
    answer = right(params, scale)
    params["kernel"] = answer["kernel"]
    return answer


def _own_words(_params: Tree, _scale: float) -> Tree:
    raise ValueError("no idea")


def _sometimes(params: Tree, scale: float) -> Tree:
    if len(params) == 1:
        raise ValueError("no idea")
    return uncentred(params, scale)


def _one_odd_leaf(params: Tree, scale: float) -> Tree:
    return uncentred(params, scale) | {"kernel": jnp.float32(42.0)}


def _pairs(params: Tree, scale: float) -> Any:
    return [uncentred(params, scale)[name] for name in sorted(params)]


@pytest.mark.parametrize(
    ("program", "faults"),
    [
        (uncentred, ("not-centred",)),
        (both, ("not-centred", "not-averaged")),
        (lambda p, s: {k: v.astype(jnp.float16) for k, v in right(p, s).items()}, ("wrong-dtype",)),
        (lambda p, s: {k: v[None] for k, v in right(p, s).items()}, ("wrong-shape",)),
        (lambda p, s: {k: float(v) for k, v in right(p, s).items()}, ("wrong-structure",)),
        (_pairs, ("wrong-structure", "not-centred")),
        (_changed, ("changed-arguments",)),
        (_own_words, ()),
        (_sometimes, ("not-centred",)),
        (_one_odd_leaf, ()),
        (lambda _, __: None, ("wrong-structure",)),
        (lambda p, s: {k: 3 * v for k, v in right(p, s).items()}, ()),
    ],
)
def test_programs_are_explained(key: Key, program: Program, faults: tuple[str, ...]) -> None:
    """Each fault is found, alone and with others; what nothing explains is not named."""
    found = diagnosis_of(run_of(program, key), key)
    assert found.ids == faults
    assert not all(found.matches.values())
    assert found.asks == "order"


@pytest.mark.parametrize(
    "program",
    [right, lambda p, s: {k: np.float64(v) for k, v in right(p, s).items()}],
)
def test_right_programs_are_not_accused(key: Key, program: Program) -> None:
    """The reference's answers are right in a wider dtype, too, and need no second run."""
    found = diagnosis_of(run_of(program, key), key)
    assert all(found.matches.values())
    assert (found.faults, found.remark, found.asks) == ((), "", "")


def test_evidence_says_what_would_be_without_the_fault(key: Key) -> None:
    """A number as it is, and as it would be; of two faults each has its own."""
    first, second = diagnosis_of(run_of(both, key), key).faults
    assert "with this mistake and with not-averaged" in first.evidence
    assert "without not-centred it would be" in first.evidence
    assert "with this mistake and with not-centred" in second.evidence


def test_a_known_part_is_named_beside_an_unknown_one(key: Key) -> None:
    """A leaf that a pitfall explains is told, and so is the one that nothing does."""

    def program(params: Tree, scale: float) -> Tree:
        return {k: v if k == "bias" else 7 * v for k, v in uncentred(params, scale).items()}

    # Only the first public case and its like have a bias: what is told is what all cases show.
    two = tuple(k for k in key.cases if "bias" in k.case.arguments["params"])  # type: ignore[operator]
    half = Key(**{**vars(key), "public": two, "hidden": ()})
    found = diagnosis_of(run_of(program, half), half)
    assert found.ids == ("not-centred",)
    assert "of bias" in found.faults[0].evidence
    assert "kernel is not what any known mistake gives" in found.remark
    assert set(found.unknown) == {"form", "centre", "reduce"}


def test_nothing_of_a_hidden_case_is_quoted(key: Key) -> None:
    """What is wrong in hidden cases alone is told by its kind."""
    hidden = {k.case.id for k in key.hidden}
    public, wrong = run_of(right, key).seen, run_of(uncentred, key).seen
    run = made({id: wrong[id] if id in hidden else public[id] for id in wrong})
    found = diagnosis_of(run, key)
    assert found.ids == ()  # a program that is wrong there alone is none of the known ones
    assert found.example is None


def test_a_call_that_is_answered_in_two_ways(key: Key) -> None:
    """The same call again, or the other order, gives other numbers: that is said, and no more."""
    run = run_of(right, key)
    last = key.public[-1].case.id
    other = made({**run.seen, last: run_of(both, key).seen[last]})
    assert diagnosis_of(other, key).ids == ("nondeterministic",)
    assert last in diagnosis_of(other, key).faults[0].evidence
    wrong = run_of(uncentred, key)
    assert diagnosis_of(wrong, key, second=run).ids == ("nondeterministic",)


def test_exceptions_of_a_second_run_have_no_words(key: Key) -> None:
    """Where words are not kept, exceptions of one type are the same."""
    run = run_of(_own_words, key)
    later = made({id: Raised("ValueError", "", ()) for id in run.seen})
    assert diagnosis_of(run, key, second=later).ids == ()
    other = made({id: Raised("TypeError", "", ()) for id in run.seen})
    assert diagnosis_of(run, key, second=other).ids == ("nondeterministic",)


OBSERVATIONS: st.SearchStrategy[Observation] = st.builds(
    Raised,
    st.sampled_from(["ValueError", "E: x", ""]),
    st.text(max_size=30),
    st.just(((3, "f"),)),
) | st.builds(
    lambda value, mutated: Returned(
        "T", "", (), None, bare=False, mutated=mutated, tree=parse_tree(_packed(value))
    ),
    VALUES | st.dictionaries(st.sampled_from(["kernel", "bias"]), VALUES),
    st.booleans(),
)


def _packed(value: Any) -> Any:
    from grader.core.case import pack

    return pack(value)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_comes_back_is_graded(data: st.DataObject, spread: Exercise, key: Key) -> None:
    """Any observations give a diagnosis, and checks that say something of it."""
    run: Run = made({k.case.id: data.draw(OBSERVATIONS) for k in key.cases})
    found = diagnosis_of(run, key)
    assert not all(found.matches.values())
    assert set(found.ids) <= {*FORMS, *spread.wording.faults}
    assert all(text.isprintable() for text in (found.remark, *(f.evidence for f in found.faults)))


def test_checks_earn_what_all_cases_show(spread: Exercise, key: Key) -> None:
    """Points of a step hang on every case; a table of the public answers earns those alone."""
    right_run, other = run_of(right, key), run_of(lambda _, __: None, key)
    hidden = {k.case.id for k in key.hidden}
    table = made({i: (other if i in hidden else right_run).seen[i] for i in right_run.seen})
    runs = {
        "right": (right_run, 100),
        "one": (run_of(uncentred, key), 45),
        "both": (run_of(both, key), 20),
        "table": (table, 25),
        "raises": (run_of(_own_words, key), 0),
    }
    with Suite(spread) as suite:
        for name, (run, points) in runs.items():
            graded = Graded(run, diagnosis_of(run, key), key, spread)
            assert (name, sum(check.points for check in suite.run(graded))) == (name, points)
