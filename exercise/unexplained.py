"""What is said where no known fault explains an answer: what is seen, and nothing more."""

import numpy as np

from exercise.evidence import show_call
from exercise.form import Form
from exercise.mixture import RESIDUAL, WEIGHT, solve
from exercise.strategies import RIGHT
from exercise.view import View
from grader.diagnosis import Weights, number, numbers
from grader.key import KeyCase
from grader.message import clean, public_type
from grader.observation import Raised


def crash_remark(view: View) -> str:
    """What a function that raises on every case raised, in the first call."""
    for case in view.key.cases:
        seen = view.run.seen.get(case.case.id)
        if isinstance(seen, Raised):
            shown = f"{show_call(case.case)} raised" if case.case.public else "Every call raised"
            return f"{shown} {clean(seen.type)}: {clean(seen.message)}"
    return ""


def raised_remark(view: View) -> str:
    """How many calls raised where others returned; of hidden ones, what may be told."""
    public = [view.run.seen.get(k.case.id) for k in view.key.public]
    raised = [s for s in public if isinstance(s, Raised)]
    if raised:
        returned = len(public) - len(raised)
        return f"{returned} of {len(public)} public calls returned, and {len(raised)} raised."
    hidden = [s for s in view.run.seen.values() if isinstance(s, Raised)]
    return f"A call with hidden inputs raised {public_type(hidden[0])}." if hidden else ""


def right_copies(case: KeyCase, answer: np.ndarray) -> np.ndarray | None:
    """The weights of an answer that is some weighted sum, not zero, of the right copies."""
    weights = solve(case.copies[RIGHT].astype(np.float64)[:-1], answer, RESIDUAL)
    return weights if weights is not None and np.abs(weights).max() > WEIGHT else None


def picture(view: View, forms: dict[str, Form]) -> Weights | None:
    """The weights of the shown answer, where it is a sum of the right copies in one way only."""
    case = view.shown_case()
    answer = forms[case.case.id].answer if case and case.case.id in forms else None
    if case is None or answer is None or case.case.integer("n_copies") > answer.size:
        return None
    found = right_copies(case, answer)
    if found is None:
        return None
    return Weights(case.case.id, tuple(map(float, found)), (1 / len(found),) * len(found))


def remark(view: View, forms: dict[str, Form]) -> str:
    """What is seen in an answer that no known mixture of copies explains."""
    case = view.shown_case()
    form = forms.get(case.case.id) if case else None
    if case is None or form is None:
        return "The answers to hidden cases are not a weighted sum of the copies."
    if form.answer is None:
        return "There are no numbers of the right length in the answer."
    if not np.isfinite(form.answer).all():
        count = int((~np.isfinite(form.answer)).sum())
        return f"{count} of the answer's {form.answer.size} numbers are NaN or infinite."
    if not form.answer.any():
        return "Every number of the answer is zero."
    right = case.copies[RIGHT].astype(np.float64)[:-1]
    weights = right_copies(case, form.answer)
    if weights is not None:
        return (
            f"Your answer is a weighted sum of the right copies, with weights {numbers(weights)}; "
            f"a mean wants {number(1 / len(right))} for each."
        )
    return (
        "Your answer is not a weighted sum of the copies that split(PRNGKey(seed), n_copies) "
        "makes, nor of any other copies that are known here."
    )
