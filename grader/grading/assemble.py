"""Puts a report together from what was seen, found and checked (trusted side)."""

from collections.abc import Sequence

import msgspec

from grader import __version__
from grader.core.diagnosis import Diagnosis, Picture, number
from grader.core.exercise import Exercise
from grader.core.isolation import warnings
from grader.core.key import Key
from grader.core.observation import Raised
from grader.core.report import (
    GRADABLE,
    SCHEMA,
    WITHHELD,
    CellPart,
    CheckResult,
    DiagnosisPart,
    Report,
    SubmissionPart,
)
from grader.core.run import Run
from grader.core.submission import Submission
from grader.core.text import clean

MAX_SCORE = 100
MAX_LINES = 1_000_000  # of a source: what a worker says beyond that is no line


def part(submission: Submission) -> SubmissionPart:
    """Say which file was graded."""
    cells = tuple(CellPart(number, line) for number, line in submission.cells)
    helpers = tuple(helper.path for helper in submission.helpers)
    return SubmissionPart(submission.name, submission.sha256, cells, helpers)


def build(
    exercise: Exercise,
    submission: Submission,
    key: Key,
    run: Run,
    diagnosis: Diagnosis,
    checks: Sequence[CheckResult],
    message: str,
) -> Report:
    """Put a report together."""
    withheld = run.status in WITHHELD
    versions = {name: run.versions.get(name, "") for name in ("python", "jax", "flax", "numpy")}
    environment = versions | {"backend": run.versions.get("backend", "")}
    correct = bool(diagnosis.matches) and all(diagnosis.matches.values())
    correct = correct and run.status == "graded" and not diagnosis.faults
    ended = None if submission.problem else run.ended_by
    shown = run.seen.get(diagnosis.example.case) if diagnosis.example else None
    pointing = ended or (shown if isinstance(shown, Raised) else None)
    wrong = sum(not right for right in diagnosis.matches.values())
    return Report(
        schema=SCHEMA,
        grader=__version__,
        exercise=exercise.id,
        submission=part(submission),
        status=run.status,
        message=message,
        score=None if withheld else sum(c.points for c in checks),
        max_score=sum(c.max_points for c in checks),
        correct=correct and len(key.hidden) == key.hidden_count,
        checks=tuple(checks),
        diagnosis=_diagnosis(exercise, diagnosis),
        advice=tuple(
            msgspec.structs.replace(a, message=exercise.wording.advice[a.id])
            for a in diagnosis.advice
        ),
        environment=environment | {"isolation": " ".join(run.isolation)},
        key=key.digest,
        warnings=warnings(run.isolation) if key.hidden and run.isolation else (),
        raised=clean(ended.type) if ended else "",
        line=_line(pointing),
        mismatches=wrong if run.status in GRADABLE else 0,
    )


def scoreless(
    exercise: Exercise, submission: Submission, digest: str, status: str, message: str
) -> Report:
    """The report of what was not run, or where we failed: there is no score to give."""
    return Report(
        schema=SCHEMA,
        grader=__version__,
        exercise=exercise.id,
        submission=part(submission),
        status=status,
        message=message,
        score=None,
        max_score=MAX_SCORE,
        correct=False,
        checks=(),
        diagnosis=DiagnosisPart(),
        advice=(),
        environment={},
        key=digest,
    )


def _diagnosis(exercise: Exercise, diagnosis: Diagnosis) -> DiagnosisPart:
    pages = exercise.wording.faults
    return DiagnosisPart(
        faults=tuple(
            msgspec.structs.replace(f, title=pages[f.id].title, hint=pages[f.id].hint)
            for f in diagnosis.faults
        ),
        alternatives=diagnosis.alternatives,
        picture=None if diagnosis.picture is None else _rounded(diagnosis.picture),
        remark=diagnosis.remark,
        example=diagnosis.example,
    )


def _line(raised: Raised | None) -> int | None:
    """The student's line that an exception points to, where it can be one of a file."""
    line = raised.line if raised else None
    return line if line and 0 < line < MAX_LINES else None


def _rounded(picture: Picture) -> Picture:
    found, wanted = (
        tuple(float(number(v)) for v in values) for values in (picture.found, picture.wanted)
    )
    return msgspec.structs.replace(picture, found=found, wanted=wanted)
