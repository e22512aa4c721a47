"""The exercise "roll your own ensemble lift": all that is particular to it and may be public."""

from functools import partial
from pathlib import Path

from exercise.diagnose import diagnose
from exercise.mend import mend_submission
from exercise.plan import first_plan, second_plan, sizes
from exercise.wording.evidence import show_call
from grader.core.exercise import Exercise, Hints, Wording, read_toml

FOLDER = Path(__file__).resolve().parent

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
    mend=mend_submission,
    show_call=show_call,
    sizes=sizes,
    right_answer=FOLDER.parent / "tests" / "submissions" / "correct" / "course-loop.py",
    read_wording=partial(read_toml, FOLDER / "faults.toml", Wording),
    read_hints=partial(read_toml, FOLDER / "hints.toml", Hints),
    warmup=FOLDER / "warmup.py",
    skeleton=FOLDER.parent / "solution" / "skeleton",
)
