"""The cases are enough, and the tolerance lies in a measured gap."""

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from exercise import warmup
from exercise.findings.form import TOLERANCE, scale
from exercise.plan import first_plan, repeated
from grader.core.case import Case
from grader.core.key import Key, KeyCase
from grader.core.run import Plan
from solution import catalogue, matrix
from solution.cases import SIZES, hidden_cases, public_cases
from solution.matrix import Matrix, Row
from solution.pitfalls import PITFALLS
from solution.reference import Steps, custom_lift_forward
from tests.conftest import SAMPLES

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
    """The outcomes of the reference, each mutant, and each pair, on one public case of each size.

    What differs on some cases differs on all of them together, and is not asked for more; a large
    n_copies takes long.
    """
    programs: dict[str, Steps] = {"reference": custom_lift_forward}
    programs |= {p.id: p.mutate(custom_lift_forward) for p in PITFALLS}
    for a, b in itertools.combinations(PITFALLS, 2):
        if a.step != b.step:
            programs[f"{b.id}+{a.id}"] = b.mutate(a.mutate(custom_lift_forward))
    found: dict[str, list[Any]] = {name: [] for name in programs}
    alike = list(programs)
    for known in _told_by(key):
        for name in alike:
            found[name].append(outcome(programs[name], known.case))
        alike = [a for a in alike if any(a != b and same(found[a], found[b]) for b in alike)]
    return found


def _told_by(key: Key) -> list[KeyCase]:
    few = [k for k in key.public if k.case.integer("n_copies") < 10 and k.case.array("x").any()]
    first = {size_of(k.case): k for k in reversed(few)}
    return [key.public[1], *first.values()]


def same(a: list[Any], b: list[Any]) -> bool:
    """Tell whether no case that both were given separates two programs."""
    return not any(differ(x, y) for x, y in zip(a, b, strict=False))


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


def test_tolerance_lies_in_a_measured_gap(key: Key, kept: Matrix) -> None:
    """Above every legitimate deviation, below the one by which any wrong program is caught."""
    right = max(
        float(np.abs(np.asarray(value, np.float64) - k.expected).max()) / scale(k)
        for k in key.cases
        for value in legitimate(**k.case.arguments).values()  # type: ignore[arg-type]
    )
    wrong, name = kept.smallest_wrong()
    print(f"largest legitimate {right:.1e} < tolerance {TOLERANCE:.0e} < {wrong:.1e} of {name}")
    assert right * 10 < TOLERANCE < wrong / 10


def size_of(case: Case) -> tuple[int, int, int]:
    """Length of x, n_copies, features."""
    return len(case.array("x")), case.integer("n_copies"), case.integer("features")


def test_public_and_hidden_cases_have_the_same_sizes() -> None:
    """At most nine: one of everything, more copies than features, all equal, enough equations."""
    sizes = [{size_of(c) for c in cases} for cases in (public_cases(), hidden_cases("a secret"))]
    assert sizes[0] == sizes[1] == set(SIZES) == set(warmup.SIZES)
    assert len(SIZES) <= 9
    assert {1} <= {d for d, _, _ in SIZES} & {n for _, n, _ in SIZES} & {f for _, _, f in SIZES}
    assert any(n > f for _, n, f in SIZES)
    assert any(d == n == f for d, n, f in SIZES)
    assert len([1 for _, n, f in SIZES if f >= n >= 3]) >= 3


def test_first_two_public_cases_differ_in_the_seed_alone() -> None:
    """The diagnosis tells by them whether the answers depend on the seed; and 0 is among them."""
    a, b = (dict(c.arguments) for c in public_cases()[:2])
    assert (a.pop("seed"), b.pop("seed")) == (0, 7)
    assert all(np.array_equal(a[name], b[name]) for name in a)


def test_some_calls_come_again_and_some_with_one_argument_changed() -> None:
    """The first call comes again, after others; each argument changes alone between two calls."""
    public = public_cases()
    assert [(a.id, b.id) for a, b in repeated(public)] == [(public[0].id, public[-1].id)]
    changed = {
        name
        for a, b in itertools.combinations(public, 2)
        for name in a.arguments
        if all(np.array_equal(a.arguments[n], b.arguments[n]) == (n != name) for n in a.arguments)
    }
    assert changed == {"seed", "x", "n_copies", "features"}


def test_every_secret_gives_cases_that_differ_and_keep_their_relations() -> None:
    """Hidden seeds are of the kinds that matter, in 32 bits; one comes again with another x."""
    seen = set()
    for number in range(300):
        cases = hidden_cases(f"secret {number}")
        seeds = [c.integer("seed") for c in cases]
        assert all(-(2**31) <= s < 2**31 for s in seeds)
        assert any(s > 2**24 and int(np.float32(s)) != s for s in seeds)
        assert any(s > 2**31 - 2**14 for s in seeds)
        assert any(s < 0 for s in seeds)
        first, again = cases[:2]
        assert size_of(first) == size_of(again)
        assert first.integer("seed") == again.integer("seed")
        a, b = first.array("x"), again.array("x")
        assert a[0] == b[0]
        assert np.array_equal(np.trunc(a), np.trunc(b))
        assert not np.allclose(a[1:], b[1:])
        assert all(np.isfinite(c.array("x")).all() and c.array("x").any() for c in cases)
        seen.add(tuple(seeds))
    assert len(seen) == 300


HOW = "run python -m solution.choose: it computes what is stale, and proposes what is missing"


@pytest.fixture(scope="module")
def kept() -> Matrix:
    """The matrix of wrong programs by case, as it is kept."""
    return matrix.read()


def test_kept_matrix_is_of_these_programs_and_cases(kept: Matrix) -> None:
    """A program or a case that was added or changed has to be computed first."""
    assert kept.stale() == [], HOW
    assert kept.gone() == [], HOW


def test_no_wrong_program_passes(kept: Matrix) -> None:
    """Near-right samples, mutants and pairs of mutants are all caught by some case."""
    assert len([n for n in kept.programs if n.endswith(catalogue.SAMPLE)]) >= 80
    assert kept.passing() == [], HOW


def test_no_case_is_superfluous(kept: Matrix) -> None:
    """Each size, and each further case of a size, catches what nothing else does."""
    assert kept.superfluous() == [], HOW


def test_added_program_that_passes_is_found(
    kept: Matrix, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above can fail: a new file is stale, a right one passes, a case may be idle."""
    for path in catalogue.FOLDER.glob("*.py"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    right = (SAMPLES / "correct" / "course-loop.py").read_bytes()
    (tmp_path / "course-loop.py").write_bytes(right)
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    assert kept.stale() == ["course-loop.py"]
    cases = matrix.development_key().cases
    off = catalogue.measure_here(["course-loop.py"], {"": (cases, Plan(()))})["course-loop.py"][""]
    assert not any(catalogue.wrong(off))
    row = Row("", tuple(0.0 for _ in off))
    assert replace(kept, programs=kept.programs | {"it": row}).passing() == ["it"]
    assert "public-3" in replace(kept, programs={"it": row}, needs={}).superfluous()


def _rows(kept: Matrix, names: list[str]) -> None:
    key = matrix.development_key()
    found = catalogue.measure_here(names, {"": (key.cases, first_plan(key))})
    assert {n: catalogue.wrong(found[n][""]) for n in names} == {
        n: kept.verdicts()[n] for n in names
    }


def test_kept_rows_are_what_programs_do(kept: Matrix) -> None:
    """One program of fifteen, run again: those that the others' digests stand for."""
    _rows(kept, [name for name in kept.programs if name.endswith(catalogue.SAMPLE)][::15])


@pytest.mark.exhaustive
def test_all_kept_rows_are_what_programs_do(kept: Matrix) -> None:
    """Every program, run again."""
    _rows(kept, [name for name in kept.programs if "nondeterministic" not in name])
