"""The sentences that show a fault: pure functions of what was found.

They quote public cases only. Numbers are written so that the last bits of a float do not show.
"""

from exercise.faults import BY_ID
from exercise.findings.form import RIGHT_DTYPES, read_form
from exercise.findings.stability import Instability
from exercise.findings.stories import Story, is_shown, shape_of
from exercise.findings.view import View
from exercise.model import Inputs
from exercise.wording.call import show_call
from grader.core.diagnosis import Fault
from grader.core.key import KeyCase
from grader.core.observation import Returned
from grader.core.text import clean

HIDDEN = "No public case shows this: it is seen with other inputs of the same sizes."
AS_IF = "The answers are those of a program in which "  # where the source does not show it
CLAIMED = {
    "ignored-seed": "Calls that differ in the seed alone gave the same answer.",
    "shared-key": "All {n} copies that were made while it ran came out identical.",
    "unexpected-keys": "The copies that were made while it ran are independent, but not those of "
    "split(PRNGKey(seed), n_copies).",
    "wrong-layer": "What the copies gave while it ran is not the output of one plain Dense layer.",
    "changed-input": "While it ran, plain Dense layers were given something else than x.",
    "sum-not-mean": "The answer is {n} times the mean of the copies that were made while it ran.",
}


def off_by(factor: float) -> str:
    """How far numbers are off that are nearly right, all by the same factor."""
    return f"about {100 * abs(factor - 1):.1g} % too {'large' if factor > 1 else 'small'}"


def nondeterministic(unstable: Instability) -> Fault:
    """The fault of answers that differ; without numbers, which would differ from run to run."""
    case = unstable.case
    shown = f" for {show_call(case)}" if case.public else ""
    text = {
        "again": f"Two calls with the same arguments gave different answers{shown}.",
        "order": f"The answer{shown} depends on which calls came before.",
        "mutated": "The call changed the array x that it was given.",
    }
    return Fault("nondeterministic", text[unstable.how])


def of_story(view: View, story: Story) -> list[Fault]:
    """A story's faults, each with what shows it in the public case that is quoted."""
    case = view.shown_case()
    sentences: dict[str, str] = {}
    lines: dict[str, int | None] = {}
    for fault in story.form:
        sentences[fault] = _of_form(view, fault, story)
    for row in story.rows:
        text = HIDDEN if case is None else row.says.format(**Inputs.of(case).words())
        if case is not None and is_shown(row, view.source) is False:
            text = f"{AS_IF}{text[0].lower()}{text[1:]}"
        line = row.shown(view.source) if row.shown else None
        for fault in row.faults:
            sentences.setdefault(fault, text)
            lines.setdefault(fault, line if type(line) is int else None)
    return [_fault(view, id, sentences[id], lines.get(id)) for id in story.faults]


def of_forms(view: View) -> list[Fault]:
    """The faults of form where nothing else is known of the answers."""
    found = dict.fromkeys(f for _, seen in view.returned() for f in read_form(seen).faults)
    return [_fault(view, id, _of_form(view, id, None)) for id in found] or _wrong_shape(view)


def _wrong_shape(view: View) -> list[Fault]:
    for case, seen in view.returned():
        if tuple(seen.shape) != case.expected.shape:
            return [_fault(view, "wrong-shape", _of_form(view, "wrong-shape", None))]
    return []


def claimed(view: View, faults: tuple[str, ...]) -> list[Fault]:
    """Faults that were found in what the submission's process said that it saw."""
    case = view.shown_case()
    words = {} if case is None else Inputs.of(case).words()
    return [
        _fault(view, id, HIDDEN if case is None else CLAIMED[id].format(**words)) for id in faults
    ]


def _fault(view: View, id: str, text: str, line: int | None = None) -> Fault:
    return Fault(id, text, line or BY_ID[id].line(view.source))


def _of_form(view: View, id: str, story: Story | None) -> str:
    """What came back in the case that is shown; in another one, where that alone shows it."""
    shown = view.shown_case()
    public = [(k, s) for k, s in view.returned() if k.case.public]
    public.sort(key=lambda given: given[0] is not shown)
    if not public or shown is None:
        return HIDDEN
    # Numbers may be of half precision in answers that are not: that shows in each alike.
    case, seen = next((given for given in public if _shows(id, *given, story)), public[0])
    text = _form(id, case, seen)
    return text if case is shown else f"{_where(case)}, {text[0].lower()}{text[1:]}"


def _shows(id: str, case: KeyCase, seen: Returned, story: Story | None) -> bool:
    if id != "wrong-shape":
        return id in read_form(seen).faults
    expected = case.expected.shape
    wanted = expected if story is None else shape_of(story.program, case, expected)
    return tuple(seen.shape) != wanted


def _where(case: KeyCase) -> str:
    c = Inputs.of(case)
    return f"With n_copies={c.n}, features={c.f} and {c.d} elements in x"


def _form(id: str, case: KeyCase, seen: Returned) -> str:
    kind = clean(seen.type)
    return {
        "not-an-array": f"The call returned a {kind}, not an array.",
        "wrong-dtype": f"The answer's dtype is {clean(seen.dtype)}; it should be float32."
        if seen.dtype not in RIGHT_DTYPES
        else "Its numbers have three digits or fewer that are right, as many as half precision "
        "keeps.",
        "wrong-shape": f"The answer has shape {tuple(seen.shape)}; it should have shape "
        f"{case.expected.shape}.",
    }[id]
