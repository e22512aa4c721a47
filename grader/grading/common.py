"""What the checks of all exercises have in common (trusted side)."""

from collections.abc import Sequence

from grader.core.key import KeyCase
from grader.core.observation import Raised
from grader.core.text import clean
from grader.grading.checks import Graded
from grader.grading.ending import refusal


def runs(graded: Graded) -> None:
    """Fail unless the function can be called, and returns on every case."""
    if graded.run.status not in ("graded", "crashed"):
        graded.fail("The function could not be run.")
    seen = graded.run.seen
    cases = {k.case.id: k.case for k in graded.key.cases}
    raised = [(cases[i], s) for i, s in seen.items() if isinstance(s, Raised)]
    if raised:
        case, error = next((r for r in raised if r[0].public), raised[0])
        if not case.public:  # its message, and even its type, could tell the inputs
            graded.fail("A call with hidden inputs raised an exception.")
        text = f"{clean(error.type)}: {clean(error.message)}{refusal(graded.run, error)}"
        graded.fail(f"{graded.exercise.show_call(case)} raised {text}")


def public_cases(graded: Graded) -> None:
    """Fail unless all public cases match."""
    _match(graded, graded.key.public, "")


def hidden_cases(graded: Graded, differ_in: str) -> None:
    """Fail unless all hidden cases match; `differ_in` says in what they differ from public ones."""
    if not graded.key.hidden:
        graded.later(graded.key.hidden_count)
    _match(graded, graded.key.hidden, differ_in)


def require(graded: Graded, fact: str) -> None:
    """Skip where the answers do not show a fact, because of the check on them that says why."""
    wrong = "hidden-cases" if _public_match(graded) else "public-cases"
    if graded.diagnosis.find("nondeterministic"):
        graded.skip(because=wrong, reason="the answers differ from call to call")
    if fact in graded.diagnosis.unknown:
        known = graded.diagnosis.faults
        reason = "these answers do not show it" if known else "no known mistake gives these answers"
        graded.skip(because=wrong, reason=reason)


def _public_match(graded: Graded) -> bool:
    return all(graded.diagnosis.matches.get(k.case.id, False) for k in graded.key.public)


def _match(graded: Graded, cases: Sequence[KeyCase], differ_in: str) -> None:
    if graded.run.status != "graded":
        graded.skip(because="runs")
    wrong = [k for k in cases if not graded.diagnosis.matches.get(k.case.id, False)]
    if wrong:
        text = f"{len(wrong)} of {len(cases)} {'is' if len(wrong) == 1 else 'are'} wrong"
        if differ_in and _public_match(graded):
            text += f": {differ_in}, at sizes that public cases have"
        graded.fail(f"{text}.")
    if graded.diagnosis.find("nondeterministic"):
        graded.fail("The answers differ from call to call.")
