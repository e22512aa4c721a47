"""Explains an answer by the copies that were seen while it was made, when the key knows none.

The observation is the submission's word, so it names faults and never earns points.
"""

import numpy as np

from exercise import facts
from exercise.classify import explain_weights
from exercise.mixture import Mixture, solve
from exercise.strategies import Strategy
from exercise.view import Faults, View
from grader.key import KeyCase
from grader.run import ModuleCall


def explain_observed(
    view: View, answers: dict[str, np.ndarray]
) -> tuple[list[Faults], Mixture | None] | None:
    """Fit one public answer with the copies seen in the second run."""
    seen = view.second.module_calls if view.second else {}
    for case in view.key.public:
        calls, answer = seen.get(case.case.id), answers.get(case.case.id)
        if calls and answer is not None:
            found = _explain(view, case, calls, answer)
            if found is not None:
                return found
    return None


def _explain(
    view: View, case: KeyCase, calls: tuple[ModuleCall, ...], answer: np.ndarray
) -> tuple[list[Faults], Mixture] | None:
    n = int(case.case.arguments["n_copies"])  # type: ignore[arg-type]
    shape = (len(case.case.arguments["x"]), answer.size)  # type: ignore[arg-type]
    for copies in _candidates(case, calls, answer.size):
        distinct = _distinct(copies)
        weights = solve(distinct, answer, 2e-5)
        if weights is None:
            continue
        same = len(distinct) == 1
        base = _base(view, case, calls, shared=same and n > 1)
        if base is None:
            return None
        if same:
            scales: list[Faults] | None = explain_weights(np.full(n, weights[0] / n), shape)
        elif len(distinct) == n:
            scales = explain_weights(weights, shape)
        else:
            scales = None
        if scales is not None:
            strategy = Strategy(base, "the copies that were seen while it ran", single=same)
            mixture = Mixture(strategy, {case.case.id: weights})
            return [tuple(dict.fromkeys((*base, *s))) for s in scales], mixture
    return None


def _candidates(case: KeyCase, calls: tuple[ModuleCall, ...], features: int) -> list[np.ndarray]:
    """Stacks (m, F) of copies: what outermost Modules gave when initialised or applied."""
    x = np.asarray(case.case.arguments["x"], np.float64)
    made = [c for c in calls if c.initialising]
    groups = [
        [c.output for c in made if c.outermost],
        [c.output for c in calls if c.outermost and not c.initialising],
        [x @ c.kernel for c in made if c.kernel is not None and c.kernel.shape[:1] == x.shape],
        [c.output for c in made],
    ]
    stacks = []
    for group in groups:
        usable = [o for o in group if o is not None and o.shape == (features,)]
        if usable:
            stacks.append(np.stack(usable))
    return stacks


def _distinct(copies: np.ndarray) -> np.ndarray:
    kept: list[np.ndarray] = []
    for copy in copies:
        if not any(np.allclose(copy, other, rtol=1e-5, atol=1e-6) for other in kept):
            kept.append(copy)
    return np.stack(kept)


def _base(
    view: View, case: KeyCase, calls: tuple[ModuleCall, ...], shared: bool
) -> Faults | None:
    """What is unusual about the copies themselves; None when the layer cannot be told."""
    faults: list[str] = []
    if view.same_for_all_seeds():
        faults.append("ignored-seed")
    if shared:
        faults.append("shared-key")
    made = [c for c in calls if c.initialising]
    dense = [c for c in made if c.kernel is not None]
    outputs = [c.output for c in made if c.outermost and c.output is not None]
    plain = bool(dense) and all(
        any(d.output is not None and _equal(d.output, o) for d in dense) for o in outputs
    )
    if not plain or not all(d.default_init for d in dense):
        if facts.unusual_layer(view.source) or not plain:
            return (*faults, "wrong-layer")
        return None
    if not faults:
        faults.append("unexpected-keys")
    return tuple(faults)


def _equal(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-5, atol=1e-6))
