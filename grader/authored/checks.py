"""What the checks of an exercise in two files ask, each of one submission (trusted side).

The tests themselves are derived: one a step, beside those that all exercises have.
"""

from grader.authored.diagnose import FORM
from grader.authored.stories import FORMS
from grader.grading import common
from grader.grading.checks import Graded


def runs(graded: Graded) -> None:
    """The function can be called, and returns on every case."""
    common.runs(graded)


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
    common.public_cases(graded)


def hidden_cases(graded: Graded) -> None:
    """All hidden cases match."""
    common.hidden_cases(graded, "other numbers")


def _require(graded: Graded, fact: str) -> None:
    """Skip where the answers do not show a fact, or there are none."""
    silent = not graded.diagnosis.faults or fact in graded.diagnosis.unknown
    if graded.run.status != "graded" and silent:
        graded.skip(because="runs")
    common.require(graded, fact)
