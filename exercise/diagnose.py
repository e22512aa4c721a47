"""From a run to a diagnosis: what the answers hold, and which misconceptions give such answers."""

import numpy as np

from exercise import evidence, facts
from exercise.classify import explain_root, explain_weights
from exercise.example import example
from exercise.form import Form, read_form
from exercise.mixture import Mixture, recover
from exercise.observed import explain_by_source, explain_observed
from exercise.raised import explain_raised
from exercise.rounded import explain_rounded
from exercise.ties import SUPPORT, choose
from exercise.view import Faults, View
from grader.diagnosis import Advice, Diagnosis, Fault, Weights
from grader.key import Key, KeyCase
from grader.observation import FLOATS, Observation, Raised, Returned
from grader.run import Plan, Run
from grader.submission import Submission

# Inside a measured gap: above what legitimate ways to compute the mean differ by (below 1e-6),
# below what any mutant differs by (above 1e-3). A test measures both.
TOLERANCE = 2e-5
# Faults that state between calls can feign: only calls in another order tell them apart.
UNSEEN = ("shared-key", "late-bound-lambda", "sum-not-mean")
UNSETTLED = frozenset({"ignored-seed", "unexpected-keys", "wrong-layer"})


def first_plan(key: Key) -> Plan:
    """What every run does: all cases, one by keyword, one with NumPy, and two traced ones."""
    first, *_ = cases = [k.case for k in key.cases]
    other = next(c for c in cases if c.integer("n_copies") not in (1, first.integer("n_copies")))
    return Plan(cases, by_keyword=[first], with_numpy=[first], traced=[first, other])


def second_plan(key: Key) -> Plan:
    """What a wrong answer's second run does: the other order, and a look at the Modules."""
    cases = [k.case for k in key.cases]
    observed = [c for c in cases if c.public and c.integer("n_copies") != 1][:1]
    return Plan(cases[::-1], observed=observed)


def agrees(seen: Observation, case: KeyCase) -> bool:
    """Tell whether an observation is the expected answer, within the tolerance."""
    if not isinstance(seen, Returned) or not seen.bare or seen.dtype not in FLOATS:
        return False
    array = seen.array
    if array is None or array.shape != case.expected.shape:
        return False
    scale = max(1.0, float(np.abs(case.expected).max()))
    return bool(np.abs(array - case.expected).max() <= TOLERANCE * scale)


def diagnose(submission: Submission, key: Key, run: Run, second: Run | None) -> Diagnosis:
    """Explain a run; `second` is the run in the other order, made when an answer was wrong."""
    matches = {
        k.case.id: agrees(run.seen[k.case.id], k) for k in key.cases if k.case.id in run.seen
    }
    if run.status not in ("graded", "crashed"):
        return Diagnosis(matches=matches)
    view = View(submission.source, key, run, second, matches)
    unstable = _unstable(view)
    if not unstable and matches and all(matches.values()):
        return Diagnosis(advice=_advice(view, right=True), matches=matches)
    raised = _raised(view)
    if unstable:
        forms = _form_faults(view)
        faults = [unstable, *raised, *(evidence.form_fault(view, f) for f in forms)]
        return Diagnosis(tuple(faults), matches=matches, advice=_advice(view, right=False))
    if run.status == "crashed":
        remark = "" if raised else evidence.crash_remark(view)
        return Diagnosis(
            tuple(raised),
            _unseen(view, raised),
            matches=matches,
            remark=remark,
            example=example(view),
        )
    return _explain_answers(view, raised)


def _explain_answers(view: View, raised: list[Fault]) -> Diagnosis:
    forms = {k.case.id: read_form(s, k) for k, s in view.returned()}
    form_faults = _form_faults(view)
    if set(form_faults) & {"not-reduced", "wrong-shape"} and facts.whole_leaf(view.source):
        form_faults = ("unsliced-params",)  # the same numbers; the source tells
    found = _explain_values(view, forms)
    explanations: list[Faults] = found[0] if found else [()]
    mixture = found[1] if found else None
    from_source = mixture is None and explanations == [("wrong-layer",)]
    ordered = choose(explanations, view.source) if found else [()]
    faults = tuple(dict.fromkeys((*form_faults, *ordered[0])))
    known = (*raised, *evidence.describe(view, faults, mixture))
    named = {fault.id: fault for fault in known}
    alternatives = tuple(
        tuple(sorted({*form_faults, *(f.id for f in raised), *other})) for other in ordered[1:]
    )
    return Diagnosis(
        tuple(evidence.in_order(named)),
        alternatives,
        _advice(view, right=False),
        _picture(view, mixture),
        view.matches,
        () if found and not from_source else _unknown(view, forms),
        "" if found else evidence.unexplained(view, forms),
        settled=view.second is not None or not (found is None or UNSETTLED.intersection(faults)),
        example=example(view),
    )


def _unknown(view: View, forms: dict[str, Form]) -> tuple[str, ...]:
    """What stays open: the weights, where the copies are the right ones; else the copies too."""
    given = [(k, forms[k.case.id].answer) for k, _ in view.returned()]
    several = [(k, a) for k, a in given if k.case.integer("n_copies") != 1]
    right = bool(several) and all(
        a is not None and evidence.right_copies(k, a) is not None for k, a in several
    )
    return ("weights",) if right else ("copies", "weights")


def _explain_values(
    view: View, forms: dict[str, Form]
) -> tuple[list[Faults], Mixture | None] | None:
    """All lists of faults that give the numbers in the answers, or None for none that is known."""
    if any(form.tolerance >= 1 for form in forms.values()):
        return explain_rounded(view, forms)
    deciding = [
        (k, forms[k.case.id])
        for k, _ in view.returned()
        if k.case.integer("n_copies") != 1 and forms[k.case.id].answer is not None
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


def _unstable(view: View) -> Fault | None:
    """The fault of answers that differ between calls that ought to agree."""
    for again in view.run.again:
        if isinstance(again.seen, Returned) and again.seen.mutated:
            return evidence.nondeterministic("numpy", again.case)
        first = view.run.seen[again.case.id]
        if again.how == "keyword" and not _alike(first, again.seen):
            return evidence.nondeterministic("again", again.case)
    for case_id, seen in (view.second.seen if view.second else {}).items():
        first_seen = view.run.seen.get(case_id)
        if first_seen is not None and not _alike(first_seen, seen):
            case = next(k.case for k in view.key.cases if k.case.id == case_id)
            return evidence.nondeterministic("order", case)
    return None


def _alike(a: Observation, b: Observation) -> bool:
    if isinstance(a, Raised) or isinstance(b, Raised):
        return isinstance(a, Raised) and isinstance(b, Raised) and a.type == b.type
    if a.array is None or b.array is None:
        return a.type == b.type
    if a.array.shape != b.array.shape:
        return False
    if a.array.size == 0:
        return True
    scale = max(1.0, float(np.nan_to_num(np.abs(a.array)).max()))
    return bool(np.allclose(a.array, b.array, rtol=0, atol=1e-4 * scale, equal_nan=True))


def _raised(view: View) -> list[Fault]:
    found: dict[str, Fault] = {}
    for case in view.key.cases:
        seen = view.run.seen.get(case.case.id)
        if isinstance(seen, Raised):
            fault = explain_raised(seen, case, view.source)
            if fault is not None and not case.case.public:  # words and lines could hold the inputs
                fault = Fault(fault.id, evidence.UNSHOWN)
            if fault is not None:
                found.setdefault(fault.id, fault)
    return list(found.values())


def _unseen(view: View, raised: list[Fault]) -> tuple[Faults, ...]:
    """Where every call raised there are no numbers: what the source shows besides is possible."""
    shown = [f for f in UNSEEN if SUPPORT[f](view.source)]
    return (tuple(sorted({*shown, *(f.id for f in raised)})),) if raised and shown else ()


def _form_faults(view: View) -> Faults:
    """The faults of form of all answers; of single copies only where there are no others."""
    returned = list(view.returned())
    several = [(k, s) for k, s in returned if k.case.integer("n_copies") != 1]
    for group in (several, returned):
        faults = dict.fromkeys(f for k, s in group for f in read_form(s, k).faults)
        if faults:
            return tuple(faults)
    return ()


def _advice(view: View, right: bool) -> tuple[Advice, ...]:
    advice = []
    source = view.source
    if view.loops_over_init():
        advice.append(Advice("looped-init", facts.looped_init(source)))
    if right and (line := facts.averaged_params(source)):
        advice.append(Advice("averaged-params", line))
    if line := facts.unbound_lambda(source):
        advice.append(Advice("unbound-lambda", line))
    return tuple(advice)


def _picture(view: View, mixture: Mixture | None) -> Weights | None:
    case = view.shown_case()
    if mixture is None or case is None or case.case.id not in mixture.weights:
        return None
    n = case.case.integer("n_copies")
    found = mixture.weights[case.case.id]
    if mixture.strategy.single:
        found = found[:1]
    elif mixture.extra and abs(found[-1]) < 1e-3:
        found = found[:-1]
    wanted = [1 / n] * min(n, len(found)) + [0.0] * max(0, len(found) - n)
    return Weights(case.case.id, tuple(float(w) for w in found), tuple(wanted))
