"""With the row of a program taken out of the model, another story is not told in its place as fact.

`stories.txt` says of samples which rows explain them; their answers are what these predict, so no
worker is needed. Written anew with: python -m tests.exercise.test_leave_one_out
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from exercise import EXERCISE
from exercise.diagnose import diagnose
from exercise.faults import BY_ID
from exercise.findings import stories
from exercise.findings.view import View
from exercise.model import MODEL, Inputs
from exercise.wording.evidence import AS_IF
from grader.core import key_file as keys
from grader.core.diagnosis import Diagnosis
from grader.core.key import Key, KeyCase
from grader.core.mended import Mended
from grader.core.observation import Returned
from grader.core.run import ModuleCall, Run
from grader.core.submission import Submission, read
from grader.grading.grade import grade
from grader.sandbox import cache
from grader.sandbox.sandbox import Sandbox
from grader.search import Model, Step
from grader.search.predict import Predictor
from tests.conftest import SAMPLES

Numbers = tuple[int, ...]
TABLE = Path(__file__).with_name("stories.txt")
ORDER = [step.name for step in MODEL.steps]
SEEN = {"wrong-shape"}  # is seen of an answer, and needs no story
# Of all rows taken out. Most are the same in other words: `sum over features` divided by features
# for their mean, a stack that is divided and then not divided.
TOLD_OTHERWISE = 26


def program_of(words: str) -> Numbers:
    """The numbers of the rows that are named, `step=row | step=row`."""
    numbers = [0] * len(ORDER)
    for part in words.split(" | "):
        step, name = part.split("=", 1)
        rows = MODEL.steps[ORDER.index(step)].rows
        numbers[ORDER.index(step)] = [row.name for row in rows].index(name)
    return tuple(numbers)


def written() -> dict[str, Numbers]:
    """The samples of the table, and their programs."""
    lines = (line.split(": ", 1) for line in TABLE.read_text("utf-8").splitlines())
    return {path: program_of(words) for path, words in lines}


def without(step: int, row: int) -> Model:
    """The model with a row that returns nothing; all others keep their numbers."""

    def nothing(*_: Any) -> None:
        raise ValueError

    rows = list(MODEL.steps[step].rows)
    rows[row] = replace(rows[row], do=nothing)
    steps = list(MODEL.steps)
    steps[step] = Step(steps[step].name, tuple(rows))
    return Model(tuple(steps))


@np.errstate(all="ignore")
def answers(numbers: Numbers, key: Key) -> Run:
    """What a program answers, as a worker would have sent it."""
    seen = {}
    for case in key.cases:
        values = Predictor(MODEL, Inputs.of(case)).answer(numbers)
        assert values is not None
        array = values.astype(np.float64)
        seen[case.case.id] = Returned("ArrayImpl", "float32", array.shape, array, bare=True)
    return Run("graded", seen)


def looked_into(numbers: Numbers, run: Run, key: Key) -> Run:
    """The second run, in which the kernels of a case are seen as they are drawn."""
    case: KeyCase = key.public[0]
    kernels = MODEL.steps[0].rows[numbers[0]].do(None, Inputs.of(case))
    calls = tuple(ModuleCall("Dense", True, True, True, k, None) for k in kernels)
    return replace(run, module_calls={case.case.id: calls})


def is_told_as_fact(found: Diagnosis) -> bool:
    """Tell whether faults are named, and none with a reservation."""
    return bool(found.faults) and not any(AS_IF in fault.evidence for fault in found.faults)


def told_otherwise(key: Key, patch: pytest.MonkeyPatch) -> tuple[int, list[str]]:
    """How many rows were taken out, and of which programs another story was told."""
    count, others = 0, []
    for path, numbers in written().items():
        submission = read(SAMPLES / path)
        run = answers(numbers, key)
        second = looked_into(numbers, run, key)
        patch.setattr(stories, "MODEL", MODEL)
        right = {f.id for f in diagnose(submission, key, run, second).faults}
        assert right, path
        for step, row in enumerate(numbers):
            if row:
                count += 1
                patch.setattr(stories, "MODEL", without(step, row))
                found = diagnose(submission, key, run, second)
                named = {f.id for f in found.faults} - SEEN
                if is_told_as_fact(found) and named - right:
                    name = MODEL.steps[step].rows[row].name
                    others.append(f"{path} without {name}: {[f.id for f in found.faults]}")
    return count, others


def test_another_story_is_not_told_as_fact(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forced story is not told, and one that the source does not show is told with that."""
    count, others = told_otherwise(key, monkeypatch)
    assert count > 200
    assert len(others) <= TOLD_OTHERWISE, "\n".join(others)


def explained(path: Path, key: Key, sandbox: Sandbox) -> stories.Story | None:
    """The program that explains a sample, if one does and it gave plain arrays on every case."""
    told: list[stories.Story] = []

    def keep(
        submission: Submission, key: Key, run: Run, second: Run | None, mended: Mended | None
    ) -> Diagnosis:
        found = diagnose(submission, key, run, second, mended)
        told.clear()
        if run.status == "graded" and all(isinstance(s, Returned) for s in run.seen.values()):
            told.extend(stories.tell(View(submission.source, key, run, second, found.matches))[:1])
        return found

    grade(replace(EXERCISE, diagnose=keep), read(path), key, sandbox)
    plain = [s for s in told if s.faults and not s.contradicted and not s.form]
    return plain[0] if plain else None


def write() -> None:
    """Grade the samples of faults, and write which programs explain them."""
    key = keys.read(EXERCISE.public_key, EXERCISE.hidden_key)
    lines = []
    with Sandbox(timeout=20, cache=cache.location(), warmup=EXERCISE.warmup) as sandbox:
        for path in sorted(SAMPLES.glob("*/*.py")):
            if set(path.parent.name.split("+")) <= set(BY_ID):
                story = explained(path, key, sandbox)
                if story is not None:
                    lines.append(f"{path.parent.name}/{path.name}: {in_words(story)}\n")
    TABLE.write_text("".join(lines), "utf-8")


def in_words(story: stories.Story) -> str:
    """The rows that a story replaces, as the table has them."""
    return " | ".join(f"{step}={row.name}" for step, row in story.program.replaced.items())


if __name__ == "__main__":
    write()
