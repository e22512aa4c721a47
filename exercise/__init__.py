"""The exercise "roll your own ensemble lift": all that is particular to it and may be public."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from exercise.diagnose import diagnose
from exercise.plan import first_plan, second_plan, sizes
from exercise.wording.call import show_call
from grader.core.exercise import Exercise, Hints, Wording, read_toml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.core.mended import Mend
    from grader.core.run import Run
    from grader.core.submission import Submission

FOLDER = Path(__file__).resolve().parent


def _mend(submission: "Submission", run: "Run") -> "Sequence[Mend]":
    from exercise.mend import mend_submission  # of a program that raised

    return mend_submission(submission, run)


EXERCISE = Exercise(
    id="custom_lift",
    title="Roll your own ensemble lift",
    function="custom_lift_forward",
    parameters=("seed", "x", "n_copies", "features"),
    folder=FOLDER,
    secret=FOLDER.parent / "solution",
    plan=first_plan,
    second_plan=second_plan,
    diagnose=diagnose,
    mend=_mend,
    show_call=show_call,
    sizes=sizes,
    right_answer=FOLDER.parent / "tests" / "submissions" / "correct" / "course-loop.py",
    read_wording=partial(read_toml, FOLDER / "faults.toml", Wording),
    read_hints=partial(read_toml, FOLDER / "hints.toml", Hints),
    warmup=FOLDER / "warmup.py",
    skeleton=FOLDER.parent / "solution" / "skeleton",
)
