"""Explains an answer by the copies that were seen while it was made, when the key knows none.

The observation is the submission's word, so it names faults and never earns points.
"""

import numpy as np

from exercise import facts
from exercise.classify import explain_root, explain_weights
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


def explain_by_source(view: View) -> tuple[list[Faults], Mixture | None] | None:
    """Answers that no copies explain, in a file that names an activation or another layer."""
    return ([("wrong-layer",)], None) if facts.unusual_layer(view.source) else None


def _explain(
    view: View, case: KeyCase, calls: tuple[ModuleCall, ...], answer: np.ndarray
) -> tuple[list[Faults], Mixture] | None:
    n = case.case.integer("n_copies")
    shape = (len(case.case.array("x")), answer.size)
    for copies in _candidates(case, calls, answer.size):
        distinct = _distinct(copies)
        same = len(distinct) == 1
        if not same and len(distinct) != n:
            continue
        weights = solve(distinct, answer, 2e-5)
        if weights is None:
            continue
        if same:
            scales = [
                tuple(f for f in e if f != "shared-key") for e in explain_root(weights[0], n, shape)
            ]
        else:
            scales = explain_weights(weights, shape) or []
        if scales:
            bases = _bases(view, case, calls, shared=same and n > 1)
            strategy = Strategy(bases[0], "the copies that were seen while it ran", single=same)
            mixture = Mixture(strategy, {case.case.id: weights}, claimed=True)
            return [tuple(dict.fromkeys((*b, *s))) for b in bases for s in scales], mixture
    return None


def _candidates(case: KeyCase, calls: tuple[ModuleCall, ...], features: int) -> list[np.ndarray]:
    """Stacks (m, F) of copies: what outermost Modules gave when initialised or applied."""
    x = case.case.array("x").astype(np.float64)
    made = [c for c in calls if c.initialising]
    groups = [
        [c.output for c in made if c.outermost],
        [c.output for c in calls if c.outermost and not c.initialising],
        [x @ c.kernel for c in made if c.kernel is not None and c.kernel.shape[:1] == x.shape],
        [c.output for c in made if c.kernel is not None],
    ]
    stacks = []
    for group in groups:
        usable = [o for o in group if o is not None and o.shape == (features,)]
        if usable:
            stacks.append(np.stack(usable))
    # Many different copies say more than one, which a Module that holds them all looks like.
    return sorted(stacks, key=lambda stack: len(_distinct(stack)) == 1)


def _distinct(copies: np.ndarray) -> np.ndarray:
    kept: list[np.ndarray] = []
    for copy in copies:
        if not any(np.allclose(copy, other, rtol=1e-5, atol=1e-6) for other in kept):
            kept.append(copy)
    return np.stack(kept)


def _bases(view: View, case: KeyCase, calls: tuple[ModuleCall, ...], shared: bool) -> list[Faults]:
    """What is unusual about the copies themselves: keys, or the layer."""
    faults: list[str] = []
    if view.same_for_all_seeds():
        faults.append("ignored-seed")
    if shared:
        faults.append("shared-key")
    dense = [c for c in calls if c.kernel is not None and c.output is not None]
    if not dense or not _plain(case, calls, dense):
        return [(*faults, "wrong-layer")]
    if not faults or (faults == ["ignored-seed"] and not facts.splits_in_n(view.source)):
        faults.append("unexpected-keys")
    return [tuple(faults)]


def _plain(case: KeyCase, calls: tuple[ModuleCall, ...], dense: list[ModuleCall]) -> bool:
    """Tell whether every output seen is what a default Dense gives for x itself."""
    x = case.case.array("x").astype(np.float64)
    products = [
        x @ d.kernel for d in dense if d.kernel is not None and d.kernel.shape[:1] == x.shape
    ]
    applied = [d for d in dense if not d.initialising] or dense
    straight = all(
        any(_equal(p, d.output) for p in products) for d in applied if d.output is not None
    )
    outputs = [
        c.output for c in calls if c.outermost and c.type != "Dense" and c.output is not None
    ]
    inner = [d.output for d in dense if d.output is not None]
    wrappers = all(_within(o, inner) for o in outputs)
    return straight and wrappers and all(d.default_init for d in dense)


def _within(output: np.ndarray, inner: list[np.ndarray]) -> bool:
    """Tell whether a Module's output is one of its Dense layers', or a weighted sum of them."""
    usable = [i for i in inner if i.shape == output.shape]
    if not usable:
        return False
    return any(_equal(i, output) for i in usable) or (
        output.ndim == 1
        and len(_distinct(np.stack(usable))) < output.size
        and solve(_distinct(np.stack(usable)), output, 2e-5) is not None
    )


def _equal(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-5, atol=1e-6))
