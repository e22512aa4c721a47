"""The sentences that show a fault: pure functions of what was found.

They quote public cases only. Numbers are written so that the last bits of a float do not show.
"""

import numpy as np

from exercise import facts
from exercise.form import read_form
from exercise.lines import line_of
from exercise.mixture import WEIGHT, Mixture
from exercise.view import Faults, View
from grader.case import Case
from grader.diagnosis import Fault, number, numbers
from grader.key import KeyCase
from grader.message import clean
from grader.observation import Returned

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
    return Fault(id, _of_form(view, id), line_of(id, view.source))


def describe(view: View, faults: Faults, mixture: Mixture | None) -> list[Fault]:
    """Give each fault its evidence and its line."""
    described = []
    for id in faults:
        text = _of_form(view, id) if id in _FORM else _of_values(view, id, mixture, faults)
        inner = id == "unexpected-keys" and mixture is not None and mixture.strategy.inner
        line = facts.inner_layer(view.source) if inner else None
        described.append(Fault(id, text, line or line_of(id, view.source)))
    return described


_FORM = (
    "unsliced-params",
    "not-an-array",
    "wrong-dtype",
    "wrong-shape",
    "not-reduced",
    "wrong-axis",
)
_LOOKS = {"unsliced-params": ("not-reduced", "wrong-shape")}  # as which forms a fault is seen


def _of_form(view: View, id: str) -> str:
    """What came back in the case that is shown; in another one, where that alone shows it."""
    shown, looks = view.shown_case(), _LOOKS.get(id, (id,))
    public = [(k, s) for k, s in view.returned() if k.case.public]
    for case, seen in sorted(public, key=lambda found: found[0] is not shown):
        if set(looks).intersection(read_form(seen, case).faults):
            text = _form(id, case, seen)
            if case is shown or shown is None:
                return text
            return f"With n_copies={case.case.integer('n_copies')}, {text[0].lower()}{text[1:]}"
    return UNSHOWN


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
    times = "" if number(total) == "1" else f"{number(total)} times "
    divisor = _divisor(weights, n, not {"missing-copy", "overwritten-accumulator"} & set(faults))
    return {
        "shared-key": f"Your answer is {times}what ONE copy gives: all {n} copies "
        f"came out identical. {'Made by ' + phrase + '.' if phrase else ''}",
        "ignored-seed": "Calls with seed=0 and seed=7 gave the same answer: the copies do not "
        "depend on the seed.",
        "unexpected-keys": "The copies are independent, but they are not those of "
        f"split(PRNGKey(seed), n_copies). They match {phrase or 'other keys'}.",
        "wrong-layer": "The copies are not the outputs of a plain Dense layer. "
        f"They match {phrase or 'something else'}. {found}",
        "late-bound-lambda": f"Your answer is {number(total)} times copy {_where(weights, n)}, "
        f"with nothing of the others. {found}",
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
