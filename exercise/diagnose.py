"""From a run to a diagnosis: what the answers hold, and which misconceptions give such answers."""

import numpy as np

from exercise import evidence, facts, unexplained
from exercise.example import example
from exercise.explain import explain_values
from exercise.form import Form, read_form
from exercise.mixture import Mixture
from exercise.raised import explain_raised
from exercise.stability import find_instability
from exercise.strategies import WIDE
from exercise.ties import SUPPORT, choose
from exercise.view import Faults, View
from grader.diagnosis import Advice, Diagnosis, Fault, Weights
from grader.key import Key, KeyCase
from grader.observation import FLOATS, Observation, Raised, Returned
from grader.run import Run
from grader.submission import Submission

# Inside a measured gap: above what legitimate ways to compute the mean differ by (below 1e-6),
# below what any mutant differs by (above 1e-3). A test measures both.
TOLERANCE = 2e-5
SMALL = 1e-3
# Faults that state between calls can feign: only calls in another order tell them apart.
UNSEEN = ("shared-key", "late-bound-lambda", "sum-not-mean")
UNSETTLED = frozenset({"ignored-seed", "unexpected-keys", "wrong-layer"})


def agrees(seen: Observation, case: KeyCase) -> bool:
    """Tell whether an observation is the expected answer, within the tolerance."""
    if not isinstance(seen, Returned) or not seen.bare or seen.dtype not in FLOATS:
        return False
    array = seen.array
    if array is None or array.shape != case.expected.shape:
        return False
    right = [case.expected]
    if WIDE in case.copies:
        right.append(case.copies[WIDE].mean(axis=0))
    return any(np.abs(array - answer).max() <= TOLERANCE * scale(case) for answer in right)


def scale(case: KeyCase) -> float:
    """What an answer's deviation is measured by: the case's own numbers, however small."""
    sizes = (SMALL, np.abs(case.expected).max(), np.abs(case.case.array("x")).max())
    return float(max(sizes))


@np.errstate(all="ignore")  # a student's numbers may be as large as they come
def diagnose(submission: Submission, key: Key, run: Run, second: Run | None) -> Diagnosis:
    """Explain a run; `second` is the run in the other order, made when an answer was wrong."""
    matches = {
        k.case.id: agrees(run.seen[k.case.id], k) for k in key.cases if k.case.id in run.seen
    }
    if run.status not in ("graded", "crashed"):
        return Diagnosis(matches=matches)
    view = View(submission.source, key, run, second, matches)
    unstable = find_instability(view)
    if not unstable and matches and all(matches.values()):
        return Diagnosis(advice=_advice(view, right=True), matches=matches)
    raised = _raised(view)
    if unstable:
        forms = _form_faults(view)
        faults = [unstable, *raised, *(evidence.form_fault(view, f) for f in forms)]
        return Diagnosis(tuple(faults), matches=matches, advice=_advice(view, right=False))
    if run.status == "crashed":
        remark = "" if raised else unexplained.crash_remark(view)
        unseen, shown = _unseen(view, raised), example(view)
        return Diagnosis(tuple(raised), unseen, matches=matches, remark=remark, example=shown)
    return _explain_answers(view, raised)


def _explain_answers(view: View, raised: list[Fault]) -> Diagnosis:
    forms = {k.case.id: read_form(s, k) for k, s in view.returned()}
    found = explain_values(view, forms)
    explanations: list[Faults] = found[0] if found else [()]
    ordered = choose(explanations, view.source) if found else [()]
    # A loop that is one short leaves nothing of a single copy, whatever that looks like.
    form_faults = _form_faults(view, single="missing-copy" not in ordered[0])
    if set(form_faults) & {"not-reduced", "wrong-shape"} and facts.whole_leaf(view.source):
        form_faults = ("unsliced-params",)  # the same numbers; the source tells
    mixture = found[1] if found else None
    # What the source or an observation says names faults; only the answers earn points.
    by_word = explanations == [("wrong-layer",)] if mixture is None else mixture.claimed
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
        _picture(view, mixture) if found else unexplained.picture(view, forms),
        view.matches,
        () if found and not by_word else _unknown(view, forms),
        _remark(view, forms, bool(found), bool(named)),
        settled=view.second is not None or not (found is None or UNSETTLED.intersection(faults)),
        example=example(view),
        recovered=_recovered(view, forms, mixture),
    )


def _recovered(
    view: View, forms: dict[str, Form], mixture: Mixture | None
) -> dict[str, tuple[float, ...]]:
    """The weights of the known copies in each answer; of the right ones, where none is known."""
    found = {} if mixture is None else mixture.weights
    for case, _ in view.returned() if mixture is None else ():
        answer = forms[case.case.id].answer
        if answer is not None and np.isfinite(answer).all():
            weights = unexplained.right_copies(case, answer)
            if weights is not None:
                found[case.case.id] = weights
    return {case: tuple(float(w) for w in weights) for case, weights in found.items()}


def _remark(view: View, forms: dict[str, Form], explained: bool, named: bool) -> str:
    """What is said besides the faults: of answers without one, and of calls that gave none."""
    if not explained:
        return unexplained.remark(view, forms)
    return "" if named else unexplained.raised_remark(view)


def _unknown(view: View, forms: dict[str, Form]) -> tuple[str, ...]:
    """What stays open: the weights, where the copies are the right ones; else the copies too."""
    given = [(k, forms[k.case.id].answer) for k, _ in view.returned()]
    several = [(k, a) for k, a in given if k.case.integer("n_copies") != 1]
    right = bool(several) and all(
        a is not None and unexplained.right_copies(k, a) is not None for k, a in several
    )
    return ("weights",) if right else ("copies", "weights")


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


def _form_faults(view: View, single: bool = True) -> Faults:
    """The faults of form of all answers; of `single` copies only where there are no others."""
    returned = list(view.returned())
    several = [(k, s) for k, s in returned if k.case.integer("n_copies") != 1]
    for group in (several, returned) if single else (several,):
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
