"""The sentences that show a fault: pure functions of what was found.

They quote public cases only. Numbers are written so that the last bits of a float do not show.
"""

import numpy as np

from exercise import facts
from exercise.form import Form
from exercise.mixture import RESIDUAL, WEIGHT, Mixture, solve
from exercise.strategies import RIGHT
from exercise.view import Faults, View
from grader.case import Case
from grader.diagnosis import Fault, number, numbers
from grader.key import KeyCase
from grader.message import clean
from grader.observation import Raised, Returned

# The order in which faults are named and read: form, keys, copies, division.
ORDER = (
    *("nondeterministic", "missing-in-axes", "unsliced-params", "not-an-array", "wrong-dtype"),
    *("wrong-shape", "not-reduced", "wrong-axis", "ignored-seed", "shared-key", "unexpected-keys"),
    *("wrong-layer", "late-bound-lambda", "overwritten-accumulator", "first-copy-twice"),
    *("missing-copy", "sum-not-mean", "wrong-divisor", "divided-twice"),
)
UNSHOWN = "This shows on hidden cases only."


def show_call(case: Case) -> str:
    """Write the call of a case as a student would type it."""
    parts = []
    for name, value in case.arguments.items():
        text = str(value)
        if isinstance(value, np.ndarray):
            text = "[" + ", ".join(number(float(v)) for v in value) + "]"
        parts.append(f"{name}={text}")
    return f"custom_lift_forward({', '.join(parts)})"


def in_order(named: dict[str, Fault]) -> list[Fault]:
    """Sort faults by the order in which they are read."""
    return sorted(named.values(), key=lambda f: ORDER.index(f.id))


def nondeterministic(how: str, case: Case) -> Fault:
    """The fault of answers that differ; without numbers, which would differ from run to run."""
    shown = f" for {show_call(case)}" if case.public else ""
    text = {
        "again": f"Two calls with the same arguments gave different answers{shown}.",
        "order": f"The answer{shown} depends on which calls came before.",
        "numpy": "The call changed the array x that it was given.",
    }
    return Fault("nondeterministic", text[how])


def form_fault(view: View, id: str) -> Fault:
    """A fault of form, with what came back."""
    returned = list(view.returned())
    public = [(k, s) for k, s in returned if k.case.public]
    return Fault(id, _form(id, *public[0]) if public else UNSHOWN, _line(view, id))


def describe(view: View, faults: Faults, mixture: Mixture | None) -> list[Fault]:
    """Give each fault its evidence and its line."""
    described = []
    for id in faults:
        text = _of_form(view, id) if id in _FORM else _of_values(view, id, mixture, faults)
        described.append(Fault(id, text, _line(view, id)))
    return described


_FORM = (
    "unsliced-params",
    "not-an-array",
    "wrong-dtype",
    "wrong-shape",
    "not-reduced",
    "wrong-axis",
)


def _of_form(view: View, id: str) -> str:
    case = view.shown_case()
    seen = view.run.seen.get(case.case.id) if case else None
    if case is None or not isinstance(seen, Returned):
        return UNSHOWN
    return _form(id, case, seen)


def _form(id: str, case: KeyCase, seen: Returned) -> str:
    shape = tuple(seen.shape)
    wanted = case.expected.shape
    n = case.case.integer("n_copies")
    return {
        "not-an-array": f"The call returned a {clean(seen.type)}, not an array.",
        "wrong-dtype": f"The answer's dtype is {clean(seen.dtype)}; it should be float32.",
        "wrong-shape": f"The answer has shape {shape}; it should have shape {wanted}.",
        "unsliced-params": f"The answer has shape {shape}, a row for each of the {n} copies: the "
        f"stacked parameters were used whole, where one copy's give {wanted}.",
        "not-reduced": f"The answer has shape {shape}: the outputs of the {n} copies stand side by "
        f"side, where their mean has shape {wanted}.",
        "wrong-axis": f"The answer has shape {shape}, one number for each of the {n} copies: the "
        f"features were averaged, and the copies were not. It should have shape {wanted}.",
    }[id]


def _of_values(view: View, id: str, mixture: Mixture | None, faults: Faults) -> str:
    case = view.shown_case()
    if case is None:
        return UNSHOWN
    n = case.case.integer("n_copies")
    wanted = number(1 / n)
    weights = None if mixture is None else mixture.weights.get(case.case.id)
    phrase = mixture.strategy.phrase if mixture else ""
    if id == "unexpected-keys" and mixture is not None and mixture.extra:
        phrase = "split(PRNGKey(seed), n_copies + 1) without its first key"
    if weights is None:
        return _without_numbers(id, n)
    total, last = float(weights.sum()), float(weights[min(n, len(weights)) - 1])
    found = f"Weights found: {numbers(_trimmed(weights, n))}; a mean wants {wanted} for each copy."
    if mixture is not None and mixture.strategy.single:
        found = f"The answer is {number(total)} times one copy; a mean wants {n} different copies."
    divisor = _divisor(weights, n, not {"missing-copy", "overwritten-accumulator"} & set(faults))
    return {
        "shared-key": f"Your answer is {number(total)} times what ONE copy gives: all {n} copies "
        f"came out identical. {'Made by ' + phrase + '.' if phrase else ''}",
        "ignored-seed": "Calls with seed=0 and seed=7 gave the same answer: the copies do not "
        "depend on the seed.",
        "unexpected-keys": "The copies are independent, but they are not those of "
        f"split(PRNGKey(seed), n_copies). They match {phrase or 'other keys'}.",
        "wrong-layer": "The copies are not the outputs of a plain Dense layer. "
        f"They match {phrase or 'something else'}. {found}",
        "late-bound-lambda": f"Your answer holds {number(total)} of copy {_where(weights, n)} and "
        f"nothing of the others. {found}",
        "overwritten-accumulator": f"Only the last copy is left in the answer, with weight "
        f"{number(last)}. {found}",
        "first-copy-twice": f"The first copy counts twice as much as the others. {found}",
        "missing-copy": f"Not every copy is in the answer. {found}",
        "sum-not-mean": f"The answer is a sum over the {n} copies, not divided by {n}. {found}",
        "wrong-divisor": f"The copies' sum is divided by {divisor}, where it should "
        f"be {n}. {found}",
        "divided-twice": f"The sum is divided by {n} more than once. {found}",
    }[id].strip()


def _trimmed(weights: np.ndarray, n: int) -> np.ndarray:
    return weights[:n] if len(weights) > n and abs(weights[n]) < 1e-3 else weights


def _where(weights: np.ndarray, n: int) -> str:
    return f"{int(np.argmax(np.abs(weights))) + 1} of {n}"


def _without_numbers(id: str, n: int) -> str:
    """Evidence where the fault was found without weights on the case that is shown."""
    return {
        "wrong-layer": "The answer is not a weighted sum of plain Dense layers, and the file names "
        "another layer, an activation or an initialiser.",
        "ignored-seed": "Calls with seed=0 and seed=7 gave the same answer.",
    }.get(id, f"Over all cases, this is what gives these answers from {n} copies.")


def _divisor(weights: np.ndarray, n: int, repeated: bool) -> str:
    """What the sum was divided by; `repeated` where one copy entered n times."""
    used = weights[np.abs(weights) > WEIGHT]
    each = float(used.min()) / (n if repeated and len(used) == 1 else 1)
    return number(1 / each)


def _line(view: View, id: str) -> int | None:
    source = view.source
    function = "custom_lift_forward"
    if id == "shared-key":
        return facts.single_key(source) or facts.key_maker(source)
    if id == "unsliced-params":
        return facts.whole_leaf(source)
    if id == "late-bound-lambda":
        return facts.late_binding(source)
    if id == "overwritten-accumulator":
        return facts.overwriting(source)
    if id == "missing-copy":
        return facts.early_return(source) or facts.skipping(source)
    if id in ("wrong-divisor", "divided-twice"):
        lines = facts.divisions(source)
        return lines[-1] if lines else facts.result_line(source, function)
    if id == "ignored-seed":
        return facts.seed_maker(source)
    if id == "unexpected-keys":
        return facts.key_maker(source)
    if id == "wrong-layer":
        return facts.unusual_layer(source)
    return facts.result_line(source, function)


def crash_remark(view: View) -> str:
    """What a function that raises on every case raised, in the student's own frames."""
    for case in view.key.cases:
        seen = view.run.seen.get(case.case.id)
        if isinstance(seen, Raised):
            shown = f"{show_call(case.case)} raised" if case.case.public else "Every call raised"
            return f"{shown} {clean(seen.type)}: {clean(seen.message)}"
    return ""


def right_copies(case: KeyCase, answer: np.ndarray) -> np.ndarray | None:
    """The weights of an answer that is some weighted sum, not zero, of the right copies."""
    weights = solve(case.copies[RIGHT].astype(np.float64)[:-1], answer, RESIDUAL)
    return weights if weights is not None and np.abs(weights).max() > WEIGHT else None


def unexplained(view: View, forms: dict[str, Form]) -> str:
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
