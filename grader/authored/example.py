"""One wrong answer, element by element, from a public case (trusted side)."""

import numpy as np

from grader.authored.outcome import Outcome
from grader.authored.view import View
from grader.authored.wording import ShowCall, number_at, worst_first
from grader.core.diagnosis import Element, Example
from grader.core.observation import Observation, Raised
from grader.core.text import clean
from grader.core.tree import written

ROWS = 5
SMALL = 1e-3  # below this an expected value gives no ratio that can be trusted


def example(view: View, show_call: ShowCall) -> Example | None:
    """The first public case that was wrong: the call, what came back, the worst elements."""
    for case, seen in view.wrong(public=True):
        wanted = view.expected(case)
        rows = _rows(seen, wanted, view.tolerance)
        size = sum(leaf.values.size for leaf in wanted.leaves.values() if leaf.values is not None)
        back = _came_back(view.run.seen[case.case.id], seen)
        call = show_call(case.case)
        about = (len(rows), size, _pattern(rows))
        return Example(case.case.id, call, back, tuple(rows[:ROWS]), *about)
    return None


def _rows(seen: Outcome, wanted: Outcome, tolerance: float) -> list[Element]:
    rows = []
    for path, leaf in wanted.leaves.items():
        mine = seen.leaves.get(path)
        if mine is None or mine.values is None or np.iscomplexobj(mine.values):
            continue
        for index in worst_first(mine, leaf, tolerance):
            assert leaf.values is not None
            yours, expected = float(mine.values[index]), float(leaf.values[index])
            told = np.isfinite(yours) and abs(expected) > SMALL
            ratio = f"{round(yours / expected, 2) + 0.0:.2f}" if told else ""
            place = written(path, index)
            rows.append(Element(0, number_at(mine, index), number_at(leaf, index), ratio, place))
    return rows


def _pattern(rows: list[Element]) -> str:
    """What all wrong elements have in common."""
    ratios = {row.ratio for row in rows}
    return f"all x {ratios.pop()}" if len(ratios) == 1 and "" not in ratios else ""


def _came_back(seen: Observation, outcome: Outcome) -> str:
    if isinstance(seen, Raised):
        message = clean(seen.message)
        return f"raised {clean(seen.type)}{': ' + message if message else ''}"
    kinds = dict(outcome.kinds)
    if () in kinds:
        return f"returned a {kinds[()]} with {len(outcome.leaves)} leaves"
    return f"returned {clean(str(outcome.leaves[()]))}"
