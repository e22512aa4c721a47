"""Explains a run that is not right: which programs give these answers, and what speaks for them."""

from exercise import facts
from exercise.faults import BY_ID, in_order
from exercise.findings import seen
from exercise.findings.advice import advice
from exercise.findings.form import read_form
from exercise.findings.raised import explain_raised
from exercise.findings.stability import Instability
from exercise.findings.stories import Story, equal_to_the_best, tell
from exercise.findings.view import View
from exercise.findings.weights import different_copies, of_right_copies
from exercise.model import Inputs
from exercise.wording import evidence, remark
from exercise.wording.example import example
from exercise.wording.picture import picture, recovered
from grader import settings
from grader.core.diagnosis import Asks, Diagnosis, Fault
from grader.core.observation import Raised, Returned

# What is the same in each call, be it by the program or by what it kept of its first call: only
# calls in another order tell.
KEPT = frozenset({"ignored-seed", "changed-input"})
# Copies that plain Dense layers of the right keys do not make.
OTHER_COPIES = frozenset({"unexpected-keys", "wrong-layer"})
# What one call shows of a program whose calls differ in the numbers that they draw.
IN_EVERY_CALL = ("shared-key", "sum-not-mean")
# What the source shows besides where every call raised, so that there are no numbers.
UNSEEN = ("shared-key", "late-bound-lambda", "sum-not-mean")
ALL = ("shape", "copies", "weights")  # what answers show, where they show something


def explain(view: View, unstable: Instability | None) -> Diagnosis:
    """Explain a run of which something is wrong, or which answered a call in two ways."""
    raised = _raised(view)
    # Where answers are wrong anyway, why says more than that x was changed.
    if unstable and (unstable.how != "mutated" or all(view.matches.values())):
        claims = seen.explain(view) or ()
        besides = tuple(fault for fault in claims if fault in IN_EVERY_CALL)
        faults = (
            evidence.nondeterministic(unstable),
            *raised,
            *evidence.of_forms(view),
            *evidence.claimed(view, besides),
        )
        return Diagnosis(faults, matches=view.matches, advice=advice(view, faults), asks="order")
    if view.run.status == "crashed":
        return Diagnosis(
            tuple(raised),
            _unseen(view, raised),
            matches=view.matches,
            unknown=ALL,
            remark="" if raised else remark.of_crash(view),
            example=example(view),
        )
    return _explain_answers(view, raised)


def _explain_answers(view: View, raised: list[Fault]) -> Diagnosis:
    """Explain answers of which some are wrong."""
    stories = tell(view)
    story = stories[0] if stories and not stories[0].contradicted else None
    ties = equal_to_the_best(stories)[1:] if story else []
    if _draws_otherwise(view, story):
        return Diagnosis(tuple(raised), matches=view.matches, unknown=ALL, example=example(view))
    claims = seen.explain(view) if story is None else None
    if story is not None:
        faults = evidence.of_story(view, story)
    elif claims is not None:
        faults = evidence.claimed(view, claims)
    else:
        faults = [*evidence.of_forms(view), *_by_source(view)]
    named = {fault.id: fault for fault in (*raised, *faults)}
    found = tuple(named[id] for id in in_order(set(named)))
    return Diagnosis(
        found,
        tuple(in_order({*other.faults, *(f.id for f in raised)}) for other in ties),
        advice(view, found),
        picture(view, story),
        view.matches,
        _unknown(view, story, raised),
        _remark(view, story, bool(claims), bool(named)),
        asks=_asks(stories) if story else "order",
        example=example(view),
        recovered=recovered(view),
    )


def _draws_otherwise(view: View, story: Story | None) -> bool:
    """Tell whether the program has changed a setting of JAX with which all keys draw otherwise.

    Then its answers say nothing of its lines, and the report names the setting.
    """
    if view.has_right_answer() or not set(view.settings).intersection(settings.DRAWS):
        return False
    return story is None or bool(OTHER_COPIES.intersection(story.faults))


def _asks(stories: list[Story]) -> Asks:
    """What a second run could still decide.

    One key for all copies and one copy alone give the same numbers; the Modules tell them apart.
    """
    if KEPT.intersection(stories[0].faults):
        return "order"
    shared = {"shared-key" in story.faults for story in stories}
    return "modules" if len(shared) > 1 or OTHER_COPIES.intersection(stories[0].faults) else ""


def _remark(view: View, story: Story | None, claimed: bool, named: bool) -> str:
    """What is said besides the faults."""
    case = view.shown_case()
    if story is not None:
        unnamed = [row.says for row in story.rows if not row.faults and row.says]
        said = [says.format(**Inputs.of(case).words()) for says in unnamed] if case else unnamed
        return " ".join(said) or ("" if named else remark.of_raised(view))
    return "" if claimed else remark.of_answers(view)


def _by_source(view: View) -> list[Fault]:
    """Answers that no copies explain, in a file that names an activation or another layer."""
    line = facts.unusual_layer(view.source)
    if line is None or view.second is None or recovered(view):
        return []
    text = (
        "Plain Dense layers of no keys that are known here give the answers, and the file names "
        "another layer, an activation or an initialiser."
    )
    return [Fault("wrong-layer", text, line)]


def _unknown(view: View, story: Story | None, raised: list[Fault]) -> tuple[str, ...]:
    """What the answers leave open, so that the checks on it earn nothing.

    A case of several copies that gave no answer leaves all open, unless a fault names why.
    """
    several = [(k, s) for k, s in view.seen() if k.case.integer("n_copies") != 1]
    silent = any(isinstance(s, Raised) for _, s in several)
    if silent and not raised:
        return ALL
    form = ("shape",) if any(isinstance(s, Raised) for _, s in view.seen()) else ()
    if story is not None:
        # Alike, whatever their keys, copies show neither themselves nor how they were added up.
        alike = all(different_copies(story.keys, case) == 1 for case, _ in several)
        return (*form, "copies", "weights") if alike and "shared-key" not in story.faults else form
    answers = [(k, read_form(s).values) for k, s in several if isinstance(s, Returned)]
    # Where there are as many copies as numbers, weights are found for whatever was returned.
    telling = [(k, v) for k, v in answers if k.case.integer("n_copies") < k.expected.size]
    right = telling and all(v is not None and of_right_copies(k, v) is not None for k, v in telling)
    return (*form, "weights") if right and not silent else (*form, "copies", "weights")


def _raised(view: View) -> list[Fault]:
    found: dict[str, Fault] = {}
    for case, error in view.seen():
        if isinstance(error, Raised):
            fault = explain_raised(error, case, view.source)
            if fault is not None and not case.case.public:  # words and lines could hold the inputs
                fault = Fault(fault.id, evidence.HIDDEN)
            if fault is not None:
                found.setdefault(fault.id, fault)
    return list(found.values())


def _unseen(view: View, raised: list[Fault]) -> tuple[tuple[str, ...], ...]:
    """Where every call raised there are no numbers: what the source shows besides is possible."""
    tests = ((id, BY_ID[id].shown) for id in UNSEEN)
    shown = {id for id, test in tests if test is not None and test(view.source)}
    return (in_order({*shown, *(f.id for f in raised)}),) if raised and shown else ()
