"""What is said where no known fault explains an answer: what is seen, and nothing more."""

from collections.abc import Callable

import numpy as np

from exercise.findings.form import NEAR, TOLERANCE, near_factor, read_form
from exercise.findings.view import View
from exercise.findings.weights import of_right_copies
from exercise.model import Inputs
from exercise.wording.call import show_call
from exercise.wording.evidence import off_by
from grader.core.diagnosis import number, numbers
from grader.core.key import KeyCase
from grader.core.observation import Raised, Returned
from grader.core.text import clean

# What wrong public cases may have in common, by subject: of each, the first that holds is said.
COMMON: dict[str, tuple[tuple[str, Callable[[Inputs], bool]], ...]] = {
    "copies": (
        ("n_copies is 1", lambda c: c.n == 1),
        ("n_copies is 2", lambda c: c.n == 2),
        ("n_copies is more than 8", lambda c: c.n > 8),
        ("n_copies is more than 4", lambda c: c.n > 4),
        ("n_copies is more than 2", lambda c: c.n > 2),
        ("n_copies is more than 1", lambda c: c.n > 1),
        ("n_copies is odd", lambda c: c.n % 2 == 1),
        ("n_copies is even", lambda c: c.n % 2 == 0),
    ),
    "features": (("features is 1", lambda c: c.f == 1),),
    "length": (("x has one element", lambda c: c.d == 1),),
    "sizes": (
        ("n_copies, features and the length of x are equal", lambda c: c.n == c.f == c.d),
        ("x is as long as features", lambda c: c.d == c.f),
        ("x is as long as n_copies", lambda c: c.d == c.n),
        ("n_copies equals features", lambda c: c.n == c.f),
        ("n_copies is larger than features", lambda c: c.n > c.f),
        ("n_copies is larger than the length of x", lambda c: c.n > c.d),
        ("x is shorter than features", lambda c: c.d < c.f),
        ("x is longer than features", lambda c: c.d > c.f),
    ),
    "seed": (
        ("the seed is 0", lambda c: c.seed == 0),
        ("the seed is negative", lambda c: c.seed < 0),
        ("the seed is above 2**24", lambda c: c.seed > 2**24),
        ("the seed is above 255", lambda c: c.seed > 255),
        ("the seed is negative or above 2**24", lambda c: not 0 <= c.seed <= 2**24),
    ),
    "x": (
        ("x has zeros alone", lambda c: not c.x.any()),
        ("x holds the same number throughout", lambda c: c.d > 1 and bool(np.ptp(c.x) == 0)),
        ("x has large elements", lambda c: float(np.abs(c.x).max()) > 10),
        ("x is positive throughout", lambda c: bool((c.x > 0).all())),
        ("x is negative throughout", lambda c: bool((c.x < 0).all())),
        ("x holds whole numbers alone", lambda c: bool((c.x == np.round(c.x)).all())),
    ),
}


def of_crash(view: View) -> str:
    """What a function that raises on every case raised, in the first call."""
    for case, seen in view.seen():
        if isinstance(seen, Raised):
            if not case.case.public:
                return "Every call raised."
            return f"{show_call(case.case)} raised {clean(seen.type)}: {clean(seen.message)}"
    return ""


def of_raised(view: View) -> str:
    """How many calls raised where others returned; of hidden ones, that they did."""
    public = [seen for case, seen in view.seen() if case.case.public]
    raised = sum(isinstance(seen, Raised) for seen in public)
    if raised:
        return (
            f"{len(public) - raised} of {len(public)} public calls returned, and {raised} raised."
        )
    if any(isinstance(seen, Raised) for _, seen in view.seen()):
        return "Every public call returned; one with other inputs of the same sizes raised."
    return ""


def of_answers(view: View) -> str:
    """What is seen in answers that no program of the error model gives."""
    case = view.shown_case()
    if case is None:
        return of_raised(view) or (
            "Every public case is right. With other inputs of the same sizes an answer is wrong: "
            "another seed, or other numbers in x."
        )
    seen = view.run.seen[case.case.id]
    if isinstance(seen, Raised):
        return " ".join(filter(None, (of_raised(view), _in_common(view))))
    return " ".join(filter(None, (_of_numbers(case, seen), _seedless(view), _in_common(view))))


def _seedless(view: View) -> str:
    """What calls show that differ in the seed alone."""
    pair = view.same_for_other_seed()
    if pair is None:
        return ""
    one, other = (case.integer("seed") for case in pair)
    return f"Calls with seed={one} and seed={other} gave the same answer."


def _of_numbers(case: KeyCase, seen: Returned) -> str:
    values = read_form(seen).values
    if values is None or values.size != case.expected.size:
        return "There are no numbers of the right length in the answer."
    values = values.ravel()
    odd = int((~np.isfinite(values)).sum())
    if odd:
        return f"{odd} of the answer's {values.size} numbers are NaN or infinite."
    if not values.any():
        return "Every number of the answer is zero."
    apart = values - case.expected.ravel()
    off = float(np.abs(apart).max())
    if off < NEAR * max(1.0, float(np.abs(case.expected).max())):
        factor = near_factor(values, case.expected.ravel())
        if factor is not None:
            return f"Every number of the answer is {off_by(factor)}."
        return (
            f"Every number of the answer is within {number(off)} of the expected one, as if it "
            "were rounded or computed with fewer digits."
        )
    if values.size > 1 and np.ptp(apart) < TOLERANCE:
        return f"Every number of the answer is {number(float(apart.mean()))} more than expected."
    weights = of_right_copies(case, values)
    if weights is not None:
        return (
            f"Your answer is a weighted sum of the right copies, with weights {numbers(weights)}; "
            f"a mean wants {number(1 / len(weights))} for each."
        )
    if values.size > 1 and np.ptp(values) < TOLERANCE:
        return f"Every number of the answer is {number(float(values[0]))}."
    if case.case.integer("n_copies") >= values.size:
        return "No mistake that is known here gives these numbers."
    return (
        "Your answer is not a weighted sum of the copies that split(PRNGKey(seed), n_copies) makes."
    )


def _in_common(view: View) -> str:
    """What tells the wrong public cases from the right ones, if there are right ones."""
    public = [(k, view.matches[k.case.id]) for k, _ in view.seen() if k.case.public]
    wrong = [Inputs.of(k) for k, right in public if not right]
    right = [Inputs.of(k) for k, matches in public if matches]
    if not wrong or not right:
        return ""
    count = f"{len(right)} of {len(public)} public cases {'is' if len(right) == 1 else 'are'} right"
    shared = [words for subject in COMMON.values() if (words := _first(subject, wrong, right))]
    if not shared:
        return f"{count}."
    return f"{count}; what only wrong ones have in common: {', and '.join(shared)}."


def _first(
    subject: tuple[tuple[str, Callable[[Inputs], bool]], ...],
    wrong: list[Inputs],
    right: list[Inputs],
) -> str:
    """What holds for all wrong cases and for no right one, the first that is found."""
    for words, holds in subject:
        if all(map(holds, wrong)) and not any(map(holds, right)):
            return words
    return ""
