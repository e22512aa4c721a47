"""What the checks of an exercise in two files ask, each of one submission (trusted side).

The tests themselves are derived: one a step, beside those that all exercises have.
"""

from grader.authored.diagnose import FORM
from grader.authored.stories import FORMS
from grader.core.key import KeyCase
from grader.core.observation import Raised
from grader.core.text import clean
from grader.grading.checks import Graded
from grader.grading.ending import refusal


def runs(graded: Graded) -> None:
    """The function can be called, and returns on every case."""
    if graded.run.status not in ("graded", "crashed"):
        graded.fail("The function could not be run.")
    cases = {k.case.id: k.case for k in graded.key.cases}
    raised = [(cases[i], s) for i, s in graded.run.seen.items() if isinstance(s, Raised)]
    if raised:
        case, error = next((r for r in raised if r[0].public), raised[0])
        if not case.public:  # its message, and even its type, could tell the inputs
            graded.fail("A call with hidden inputs raised an exception.")
        text = f"{clean(error.type)}: {clean(error.message)}{refusal(graded.run, error)}"
        graded.fail(f"{graded.exercise.show_call(case)} raised {text}")


def form(graded: Graded) -> None:
    """Answers have the form that is asked for, and leave what was handed in as it was."""
    graded.forbid(*FORMS)
    _require(graded, FORM)


def step(graded: Graded, name: str) -> None:
    """A step is done as the reference does it."""
    graded.forbid(*graded.key.steps[name])
    _require(graded, name)


def public_cases(graded: Graded) -> None:
    """All public cases match."""
    _match(graded, graded.key.public)


def hidden_cases(graded: Graded) -> None:
    """All hidden cases match."""
    if not graded.key.hidden:
        graded.later(graded.key.hidden_count)
    _match(graded, graded.key.hidden)


def _require(graded: Graded, fact: str) -> None:
    """Skip where the answers do not show a fact."""
    if graded.run.status != "graded" and not graded.diagnosis.faults:
        graded.skip(because="runs")
    if graded.diagnosis.find("nondeterministic"):
        graded.skip(because=_wrong(graded), reason="the answers differ from call to call")
    if fact in graded.diagnosis.unknown:
        if graded.run.status != "graded":
            graded.skip(because="runs")
        known = graded.diagnosis.faults
        reason = "these answers do not show it" if known else "no known mistake gives these answers"
        graded.skip(because=_wrong(graded), reason=reason)


def _wrong(graded: Graded) -> str:
    public = [k.case.id for k in graded.key.public]
    matched = all(graded.diagnosis.matches.get(id, False) for id in public)
    return "hidden-cases" if matched else "public-cases"


def _match(graded: Graded, cases: tuple[KeyCase, ...]) -> None:
    if graded.run.status != "graded":
        graded.skip(because="runs")
    wrong = [k for k in cases if not graded.diagnosis.matches.get(k.case.id, False)]
    if wrong:
        text = f"{len(wrong)} of {len(cases)} {'is' if len(wrong) == 1 else 'are'} wrong"
        if all(graded.diagnosis.matches.get(k.case.id) for k in graded.key.public):
            text += ": other numbers, at sizes that public cases have"
        graded.fail(f"{text}.")
    if graded.diagnosis.find("nondeterministic"):
        graded.fail("The answers differ from call to call.")
