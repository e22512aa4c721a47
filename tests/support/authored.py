"""Exercises in two files, for tests: one that is built, and programs that are run on its cases."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from grader import wire
from grader.author.new import begin
from grader.authored import exercise as exercises
from grader.authored.diagnose import diagnose
from grader.core.case import Case
from grader.core.diagnosis import Diagnosis
from grader.core.key import Key
from grader.core.observation import Observation, Raised, parse
from grader.core.run import Run
from grader.core.submission import Submission
from grader.worker.serve import call
from tests.support import forked

NAME = "spread"


def built(folder: Path, **changes: str) -> Path:
    """The exercise that `grader author new` begins, with files instead of its own, built."""
    place = folder / NAME
    begin(place)
    for name, text in changes.items():
        (place / name.replace("__", ".")).write_text(text)
    done = forked.run("grader", "author", "build", place)
    assert done.returncode == 0, done.stderr
    return place


def seen(function: Callable[..., Any], case: Case, *, numpy: bool = False) -> Observation:
    """What a worker would see of one call."""
    reply = call(function, "a.py", wire.Call(case.to_wire(), numpy=numpy, whole=True))
    return parse(reply, whole=True)


def run_of(function: Callable[..., Any], key: Key) -> Run:
    """What a run sees of a function."""
    return made({k.case.id: seen(function, k.case) for k in key.cases})


def made(observations: Mapping[str, Observation]) -> Run:
    """A run in which this was seen."""
    raised = [isinstance(one, Raised) for one in observations.values()]
    return Run("crashed" if all(raised) else "graded", dict(observations))


def diagnosis_of(run: Run, key: Key, second: Run | None = None) -> Diagnosis:
    """What is said of a run."""
    show = partial(exercises.show_call, NAME)
    return diagnose(show, None, Submission.of(f"{NAME}.py", b""), key, run, second)
