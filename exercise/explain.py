"""From answers to the lists of faults that give exactly these numbers."""

import numpy as np

from exercise.classify import explain_root, explain_weights
from exercise.form import Form
from exercise.mixture import Mixture, recover
from exercise.observed import explain_by_source, explain_observed
from exercise.rounded import explain_rounded
from exercise.strategies import RIGHT
from exercise.view import Faults, View
from grader.key import KeyCase


def explain_values(
    view: View, forms: dict[str, Form]
) -> tuple[list[Faults], Mixture | None] | None:
    """All lists of faults that give the numbers in the answers, or None for none that is known."""
    if any(form.tolerance >= 1 for form in forms.values()):
        return explain_rounded(view, forms)
    deciding = [
        (k, forms[k.case.id])
        for k, _ in view.returned()
        if k.case.integer("n_copies") != 1 and forms[k.case.id].answer is not None and _telling(k)
    ]
    if not deciding:
        return None
    answers = {k.case.id: f.answer for k, f in deciding if f.answer is not None}
    if not all(np.isfinite(a).all() for a in answers.values()):
        return None
    tolerance = max(f.tolerance for _, f in deciding)
    for mixture in recover([k for k, _ in deciding], answers, tolerance):
        explanations = _explain_mixture(view, mixture, deciding)
        if explanations is not None:
            return explanations, mixture
    return explain_observed(view, answers) or explain_by_source(view)


def _telling(case: KeyCase) -> bool:
    """Tell whether a case has the equations to recover weights from, and numbers in them."""
    enough = case.case.integer("features") > case.case.integer("n_copies")  # one copy is spare
    return enough and float(np.abs(case.copies[RIGHT]).max()) > 1e-3


def _explain_mixture(
    view: View, mixture: Mixture, deciding: list[tuple[KeyCase, Form]]
) -> list[Faults] | None:
    """Lists of faults that fit the weights of every case that is wrong."""
    common: list[Faults] | None = None
    every: list[Faults] = []
    for case, form in deciding:
        found = _explain_case(mixture, case, form)
        if "wrong-layer" in mixture.strategy.faults:
            # Another layer and an odd divisor would explain almost anything.
            found = [f for f in found or [] if "wrong-divisor" not in f]
        if not found:
            return None
        if () in found and not mixture.strategy.faults:
            continue  # right on this case, as a constant divisor is where it happens to fit
        every += [f for f in found if f not in every]
        common = found if common is None else [f for f in common if f in found]
    if common is None:
        common = [()]
    elif not common:
        common = [tuple(dict.fromkeys(fault for faults in every for fault in faults))]
    base = mixture.strategy.faults
    if view.same_for_all_seeds() and not {"ignored-seed", "wrong-layer"}.intersection(base):
        base = ("ignored-seed", *(f for f in base if f != "unexpected-keys"))
    return [tuple(dict.fromkeys((*base, *faults))) for faults in common]


def _explain_case(mixture: Mixture, case: KeyCase, form: Form) -> list[Faults] | None:
    n = case.case.integer("n_copies")
    shape = (len(case.case.array("x")), case.expected.shape[0])
    weights = mixture.weights[case.case.id]
    shifted: Faults = ()
    if mixture.strategy.whole:
        return [()] if abs(weights[0] - 1) < 1e-3 else None
    if mixture.extra:
        weights, past = weights[:n], weights[n]
        if abs(past) > 1e-3:
            if abs(weights[0]) > 1e-3:
                return None
            weights, shifted = np.append(weights[1:], past), ("unexpected-keys",)
    elif mixture.strategy.single and len(weights) == 1:
        weights = np.full(n, weights[0] / n)
        return _single(weights, n, shape, form)
    elif len(weights) > n:
        weights = weights[:n]
    scales = (1 / n, 1.0) if form.kept else (1.0,)
    found = [f for s in scales for f in explain_weights(weights * s, shape) or []]
    if not found:
        return None
    if form.kept:
        fewest = min(map(len, found))
        found = [f for f in found if len(f) == fewest]
    return [(*shifted, *faults) for faults in found]


def _single(weights: np.ndarray, n: int, shape: tuple[int, int], form: Form) -> list[Faults]:
    total = float(weights.sum())
    scales = (1 / n, 1.0) if form.kept else (1.0,)
    found = [f for s in scales for f in explain_root(total * s, n, shape)]
    fewest = min(map(len, found), default=0)
    kept = [f for f in found if len(f) == fewest] if form.kept else found
    return [tuple(f for f in faults if f != "shared-key") for faults in kept]
