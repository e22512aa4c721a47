"""The cases are enough, and the tolerance lies in a measured gap."""

import itertools
from typing import Any

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from exercise.diagnose import TOLERANCE
from exercise.strategies import RIGHT, STRATEGIES
from grader.key import Key
from solution.pitfalls import PITFALLS, Pitfall
from solution.reference import Steps, custom_lift_forward

pytestmark = pytest.mark.xdist_group("cases")  # what they share takes long to compute

# Pairs that no case can tell apart, with the reason. The first word of each is replaced first.
EQUIVALENT = {
    frozenset({"late-bound-lambda", "sum-not-mean+overwritten-accumulator"}): "n terms of the last "
    "copy over n are one term undivided",
    frozenset(
        {"overwritten-accumulator", "divided-twice+late-bound-lambda"}
    ): "one term of the last copy over n is n terms over n squared",
    frozenset({"wrong-axis", "wrong-divisor+wrong-axis"}): "after a mean over the features the "
    "length of what is left is n",
}
SCALE_ONLY = {"late-bound-lambda", "overwritten-accumulator", "first-copy-twice", "missing-copy"}


def outcome(function: Any, case: Any) -> Any:
    """What a program does on a case: an array with its type and dtype, or an exception's type."""
    try:
        value = function(**case.arguments)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the outcome
        return type(error).__name__
    array = np.asarray(value)
    return type(value).__name__, array.dtype.name, array.astype(np.float64)


def differ(a: Any, b: Any) -> bool:
    """Tell whether two outcomes can be told apart at the tolerance."""
    if isinstance(a, str) or isinstance(b, str):
        return a is not b and (not isinstance(a, str) or not isinstance(b, str) or a != b)
    if a[:2] != b[:2] or a[2].shape != b[2].shape:
        return True
    scale = max(1.0, float(np.abs(b[2]).max()))
    return not np.allclose(a[2], b[2], rtol=0, atol=TOLERANCE * scale, equal_nan=True)


@pytest.fixture(scope="module")
def outcomes(key: Key) -> dict[str, list[Any]]:
    """The outcomes on all cases of the reference, each mutant, and each pair of mutants."""
    programs: dict[str, Steps] = {"reference": custom_lift_forward}
    programs |= {p.id: p.mutate(custom_lift_forward) for p in PITFALLS}
    for a, b in itertools.combinations(PITFALLS, 2):
        if a.step != b.step:
            programs[f"{b.id}+{a.id}"] = b.mutate(a.mutate(custom_lift_forward))
    cases = [k.case for k in key.cases]
    return {name: [outcome(p, c) for c in cases] for name, p in programs.items()}


def same(a: list[Any], b: list[Any]) -> bool:
    """Tell whether no case separates two programs."""
    return not any(differ(x, y) for x, y in zip(a, b, strict=True))


def test_every_mutant_and_pair_differs_from_the_reference(outcomes: dict[str, list[Any]]) -> None:
    """No wrong program that we know passes all cases."""
    reference = outcomes["reference"]
    assert [n for n, o in outcomes.items() if n != "reference" and same(o, reference)] == []


def test_every_two_mutants_differ(outcomes: dict[str, list[Any]]) -> None:
    """Any two pitfalls are told apart by at least one case."""
    ids = [p.id for p in PITFALLS]
    pairs = itertools.combinations(ids, 2)
    assert [(a, b) for a, b in pairs if same(outcomes[a], outcomes[b])] == []


def _masked(a: str, b: str) -> bool:
    """Tell whether two programs differ only in a step that another of their faults hides."""
    only = set(a.split("+")) ^ set(b.split("+"))
    both = set(a.split("+")) & set(b.split("+"))
    steps = {p.id: p for p in PITFALLS}
    raises_early = {"missing-in-axes", "unsliced-params"}
    if both & raises_early or only & raises_early:
        return True  # an exception hides whatever comes after it
    if "shared-key" in both | only and only & SCALE_ONLY:
        return True  # identical copies: which of them enter is only a factor
    return "nondeterministic" in both | only or not all(x in steps for x in only)


def test_pairs_of_mutants_differ_or_are_known_to_be_equal(outcomes: dict[str, list[Any]]) -> None:
    """Pairs from different steps are told apart, but for the equivalences that have a reason."""
    names = [n for n in outcomes if n != "reference"]
    unknown = [
        (a, b)
        for a, b in itertools.combinations(names, 2)
        if same(outcomes[a], outcomes[b])
        and frozenset({a, b}) not in EQUIVALENT
        and not _masked(a, b)
    ]
    assert unknown == []


def legitimate(seed: int, x: Any, n_copies: int, features: int) -> dict[str, Any]:
    """The answer computed in the ways that submissions legitimately compute it."""
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    kernel, bias = stacked["params"]["kernel"], stacked["params"]["bias"]
    outputs = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    wide = np.asarray(x, np.float64) @ np.asarray(kernel, np.float64)
    mean_tree = jax.tree.map(lambda p: p.mean(axis=0), stacked)
    whole = jax.jit(lambda x: jax.vmap(model.apply, in_axes=(0, None))(stacked, x).mean(0))
    return {
        "vmapped apply": outputs.mean(axis=0),
        "jit": whole(x),
        "einsum": (jnp.einsum("d,kdf->kf", x, kernel) + bias).mean(axis=0),
        "reversed sum": sum(outputs[::-1]) / n_copies,
        "divided first": sum(o / n_copies for o in outputs),
        "float64": (wide + np.asarray(bias)).mean(axis=0),
        "averaged parameters": model.apply(mean_tree, x),
    }


def test_tolerance_lies_in_a_measured_gap(key: Key, outcomes: dict[str, list[Any]]) -> None:
    """Above every legitimate deviation, below every mutant's, with room on both sides."""

    def deviation(value: Any, expected: np.ndarray) -> float:
        scale = max(1.0, float(np.abs(expected).max()))
        return float(np.abs(np.asarray(value, np.float64) - expected).max()) / scale

    right = max(
        deviation(value, k.expected)
        for k in key.cases
        for value in legitimate(**k.case.arguments).values()  # type: ignore[arg-type]
    )
    wrong = min(
        max(
            deviation(o[2], k.expected)
            for o, k in zip(outcomes[p.id], key.cases, strict=True)
            if not isinstance(o, str) and o[2].shape == k.expected.shape
        )
        for p in PITFALLS
        if _returns_vectors(p, outcomes, key)
    )
    print(
        f"largest legitimate {right:.1e} < tolerance {TOLERANCE:.0e} < smallest mutant {wrong:.1e}"
    )
    assert right * 10 < TOLERANCE < wrong / 10


def _returns_vectors(pitfall: Pitfall, outcomes: dict[str, list[Any]], key: Key) -> bool:
    if pitfall.id == "not-an-array":
        return False  # its numbers are right
    return any(
        not isinstance(o, str) and o[2].shape == k.expected.shape and k.expected.shape != ()
        for o, k in zip(outcomes[pitfall.id], key.cases, strict=True)
    )


def test_strategies_and_their_meanings_are_in_step(key: Key) -> None:
    """Every stack of copies in the key has a meaning, and every meaning a stack."""
    for case in key.cases:
        assert set(case.copies) == set(STRATEGIES)
        n = case.case.integer("n_copies")
        assert len(case.copies[RIGHT]) == n + 1


def test_shapes_separate_what_could_be_confused(key: Key) -> None:
    """Features exceed copies by two and differ from len(x), and one case has len(x) == n_copies."""
    shapes = {
        (len(a["x"]), a["n_copies"], a["features"])  # type: ignore[arg-type]
        for a in (k.case.arguments for k in key.cases)
    }
    assert len(shapes) == 4
    assert all(f >= n + 2 and f != length for length, n, f in shapes)
    assert any(length == n for length, n, _ in shapes)
    assert any(n == 1 for _, n, _ in shapes)
