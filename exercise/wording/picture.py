"""The copies that answers are made of, and with which weights: drawn, and kept."""

import numpy as np

from exercise.findings.form import read_form
from exercise.findings.stories import Story
from exercise.findings.view import View
from exercise.findings.weights import of_right_copies, solve
from exercise.model import Inputs
from exercise.model.layer import LAYERS
from grader.core.diagnosis import Picture
from grader.core.key import KeyCase
from grader.core.observation import Returned


def _copies(case: KeyCase, story: Story) -> np.ndarray:
    """The copies (m, F) that a story is about."""
    inputs = Inputs.of(case)
    _, layer, *_ = story.program.numbers
    return np.asarray(LAYERS[layer].do(story.keys.do(None, inputs), inputs))


def picture(view: View, story: Story | None) -> Picture | None:
    """The weights of the shown answer, where it is a sum of copies in one way only."""
    case = view.shown_case()
    answer = view.run.seen.get(case.case.id) if case else None
    if case is None or not isinstance(answer, Returned):
        return None
    values = read_form(answer).values
    if values is None or values.size != case.expected.size:
        return None
    values = values.ravel()
    found = of_right_copies(case, values) if story is None else solve(_copies(case, story), values)
    if found is None:
        return None
    copies = case.case.integer("n_copies")
    return Picture(
        case=case.case.id,
        title="The weight of each copy in the answer",
        part="copy",
        found=tuple(map(float, found)),
        wanted=(1 / copies,) * len(found),
        note=f"one copy, not {copies} different ones" if len(found) < copies else "",
    )


def recovered(view: View) -> dict[str, tuple[float, ...]]:
    """The weights of the right copies in each answer that is a sum of them."""
    found = {}
    for case, answer in view.returned():
        values = read_form(answer).values
        if values is not None and values.size == case.expected.size:
            weights = of_right_copies(case, values.ravel())
            if weights is not None:
                found[case.case.id] = tuple(map(float, weights))
    return found
