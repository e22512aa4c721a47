"""What the Modules show that were seen while a submission ran.

They are the submission's word: they decide between stories and name faults, and earn no points.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from exercise import facts
from exercise.findings.view import View
from exercise.findings.weights import WEIGHT, right_copies, solve
from exercise.model import Inputs
from grader.core.key import KeyCase
from grader.core.run import ModuleCall

Calls = tuple[ModuleCall, ...]


def distinct_kernels(view: View) -> tuple[KeyCase, int] | None:
    """A case of several copies, and how many different kernels were drawn for it."""
    for case, calls in _observed(view):
        drawn = [c.kernel for c in calls if c.initialising and c.kernel is not None]
        if drawn and case.case.integer("n_copies") > 1:
            return case, len(_distinct(drawn))
    return None


def explain(view: View) -> tuple[str, ...] | None:
    """The faults that show in an answer made of copies which the key does not know.

    All cases decide: where one of several copies is right, the copies are the right ones, and
    what one case shows is not said where another one that was looked into does not show it.
    """
    if view.has_right_answer():
        return None
    answers = view.second.module_answers if view.second else {}
    found = set()
    for case, calls in _observed(view):
        values = answers.get(case.case.id)
        if values is not None and values.shape == case.expected.shape:
            stacks = _stacks(case, calls)
            told = (_explain(view, case, calls, copies, values) for copies in stacks)
            found.add(next((faults for faults in told if faults), None))
    return found.pop() if len(found) == 1 else None


def _observed(view: View) -> list[tuple[KeyCase, Calls]]:
    calls = view.second.module_calls if view.second else {}
    return [
        (case, calls[case.case.id])
        for case in view.key.public
        if calls.get(case.case.id) and case.case.id in view.run.seen
    ]


def _explain(
    view: View, case: KeyCase, calls: Calls, copies: np.ndarray, answer: np.ndarray
) -> tuple[str, ...] | None:
    n = case.case.integer("n_copies")
    if len(copies) not in (1, n):
        return None
    weights = solve(copies, answer)
    if weights is None:
        return None
    if np.abs(weights - 1 / len(copies)).max() < WEIGHT:
        scale: tuple[str, ...] = ()
    elif np.abs(weights - n / len(copies)).max() < WEIGHT:
        scale = ("sum-not-mean",)
    else:
        return None
    keys = [fault for fault, there in (
        ("ignored-seed", view.same_for_other_seed() is not None),
        ("shared-key", len(copies) == 1 < n),
    ) if there]  # fmt: skip
    if not _plain(case, calls):
        changed = not facts.unusual_layer(view.source) and _of_another_input(case, calls)
        return (*keys, "changed-input" if changed else "wrong-layer", *scale)
    if _are_right(case, copies):
        return (*keys, *scale)
    drawn = _products(case, [c for c in calls if c.initialising])
    if facts.low_precision(view.source) or (drawn and _are_right(case, drawn)):
        return None  # the keys may be right, and something else is not
    if not keys or (keys == ["ignored-seed"] and not facts.splits_in_n(view.source)):
        keys.append("unexpected-keys")
    return (*keys, *scale)


def _stacks(case: KeyCase, calls: Calls) -> list[np.ndarray]:
    """Different copies (m, F): what outermost Modules and Dense layers give, or would for x."""
    made = [c for c in calls if c.initialising]
    groups: list[Sequence[np.ndarray | None]] = [
        [c.output for c in made if c.outermost],
        [c.output for c in calls if c.outermost and not c.initialising],
        _products(case, made),
        [c.output for c in made if c.kernel is not None],
    ]
    stacks = []
    for group in groups:
        usable = [o for o in group if o is not None and o.shape == case.expected.shape]
        if usable:
            stacks.append(np.stack(_distinct(usable)))
    # Many different copies say more than one, which a Module that holds them all looks like.
    return sorted(stacks, key=lambda stack: len(stack) == 1)


def _distinct(arrays: list[np.ndarray]) -> list[np.ndarray]:
    kept: list[np.ndarray] = []
    for array in arrays:
        if not any(_equal(array, other) for other in kept):
            kept.append(array)
    return kept


def _plain(case: KeyCase, calls: Calls) -> bool:
    """Tell whether every output seen is what a default Dense gives for x itself."""
    dense = [c for c in calls if c.kernel is not None and c.output is not None]
    products = _products(case, dense)
    straight = all(
        any(_equal(p, d.output) for p in products) for d in _applied(dense) if d.output is not None
    )
    outer = [c.output for c in calls if c.outermost and c.type != "Dense" and c.output is not None]
    inner = [d.output for d in dense if d.output is not None]
    around = all(any(_equal(i, o) for i in inner) or _mixed(o, inner) for o in outer)
    return bool(dense) and straight and around and all(d.default_init for d in dense)


def _of_another_input(case: KeyCase, calls: Calls) -> bool:
    """Tell whether plain Dense layers were all given one other vector than x."""
    dense = [c for c in calls if c.kernel is not None and c.output is not None and c.default_init]
    applied, size = _applied(dense), len(case.case.array("x"))
    kernels = [c.kernel for c in applied if c.kernel is not None and len(c.kernel) == size]
    if not kernels or len(kernels) < len(applied):
        return False
    outputs = np.concatenate([np.ravel(c.output) for c in applied if c.output is not None])
    # What a layer is given are the weights with which its kernel's rows make its output.
    return len(outputs) > size and solve(np.concatenate(kernels, axis=1), outputs) is not None


def _applied(dense: list[ModuleCall]) -> list[ModuleCall]:
    """The calls besides those that only initialise, where there are others."""
    return [call for call in dense if not call.initialising] or dense


def _products(case: KeyCase, calls: Sequence[ModuleCall]) -> list[np.ndarray]:
    """What the kernels of calls give for x, as far as they fit it."""
    x = Inputs.of(case).x
    kernels = (call.kernel for call in calls if call.kernel is not None)
    return [x @ kernel for kernel in kernels if kernel.shape[:1] == x.shape]


def _are_right(case: KeyCase, copies: Iterable[np.ndarray]) -> bool:
    """Tell whether each of some copies is one that a right program averages."""
    right = right_copies(case)
    return all(any(_equal(copy, other) for other in right) for copy in copies)


def _mixed(output: np.ndarray, inner: list[np.ndarray]) -> bool:
    usable = [i for i in inner if i.shape == output.shape]
    return bool(usable) and solve(np.stack(_distinct(usable)), output) is not None


def _equal(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-5, atol=1e-6))
