"""The score report of one submission: what is written, field by field (trusted side).

The same submission gives the same bytes: no clock, path, host, pid or unordered set in here.
"""

from collections.abc import Sequence

import msgspec

from grader import __version__
from grader.core.diagnosis import Advice, Diagnosis, Example, Fault, Weights, number
from grader.core.exercise import Exercise
from grader.core.isolation import warnings
from grader.core.key import Key
from grader.core.observation import Raised
from grader.core.place import Cells
from grader.core.run import Run
from grader.core.submission import Submission
from grader.core.text import clean

SCHEMA = "lift-grader/report/1"
GRADABLE = ("graded", "crashed")
MAX_LINES = 1_000_000  # of a source: what a worker says beyond that is no line
WITHHELD = ("environment", "grader-error")  # no score: the submission was not what failed
NOT_RUN = "not-run"  # no score: nothing was handed in that could be run


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything in a report."""


class CellPart(_Part, frozen=True):
    """A cell of a notebook, and the line at which it begins in the source that was put together."""

    number: int
    first_line: int


class SubmissionPart(_Part, frozen=True, omit_defaults=True):
    """Which file was graded; of a notebook, its cells: every `line` counts through their source.

    `helpers` are the files that it imports; the digest is of them too.
    """

    name: str
    sha256: str
    cells: tuple[CellPart, ...] = ()
    helpers: tuple[str, ...] = ()

    @property
    def places(self) -> Cells:
        """The cells as `grader.core.place` takes them."""
        return tuple((cell.number, cell.first_line) for cell in self.cells)


class CheckResult(_Part, frozen=True, omit_defaults=True):
    """One graded property: its outcome, what it earned, and why.

    A failed check names the fault it failed for, if it was one. A skipped one names the check that
    it was skipped because of, or how many cases it waits for that are graded later. The message
    repeats none of these.
    """

    id: str
    title: str
    outcome: str  # passed, failed, skipped
    points: int
    max_points: int
    message: str
    fault: str = ""
    because: str = ""
    later: int = 0

    @property
    def said(self) -> str:
        """Everything in words."""
        if self.later:
            return f"{self.later} more cases, worth {self.max_points} points, are graded later"
        if not self.because:
            return self.message
        reason = f": {self.message}" if self.message else ""
        return f"skipped because of {self.because}{reason}"


class DiagnosisPart(_Part, frozen=True):
    """The faults; other lists that explain as much; what is seen when none is named."""

    faults: tuple[Fault, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    weights: Weights | None = None
    remark: str = ""
    example: Example | None = None

    @property
    def named(self) -> dict[str, Fault]:
        """The faults by id."""
        return {fault.id: fault for fault in self.faults}


class Report(_Part, frozen=True):
    """Everything that is said of one submission; `score` is null where it has none.

    It is withheld where we failed; where nothing was run (`not-run`) there is none to give.
    `raised` is the type of the exception that ended the run, `line` the student's line that it
    points to, or to which the exception in the public case that is shown does. `mismatches` counts
    the cases, of those at hand, whose answer is not the expected one.
    `cause` is the kind of a known cause of an ending (`grader.cause`), or empty.
    """

    schema: str
    grader: str
    exercise: str
    submission: SubmissionPart
    status: str
    message: str
    score: int | None
    max_score: int
    correct: bool
    checks: tuple[CheckResult, ...]
    diagnosis: DiagnosisPart
    advice: tuple[Advice, ...]
    environment: dict[str, str]
    key: str
    warnings: tuple[str, ...] = ()
    raised: str = ""
    line: int | None = None
    mismatches: int = 0
    cause: str = ""

    def to_json(self) -> bytes:
        """Give the report's bytes: indented, in field order, with a final newline."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def from_json(data: bytes) -> Report:
    """Read a report again; raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(data, type=Report)


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


def _diagnosis(exercise: Exercise, diagnosis: Diagnosis) -> DiagnosisPart:
    pages = exercise.wording.faults
    return DiagnosisPart(
        faults=tuple(
            msgspec.structs.replace(f, title=pages[f.id].title, hint=pages[f.id].hint)
            for f in diagnosis.faults
        ),
        alternatives=diagnosis.alternatives,
        weights=None if diagnosis.weights is None else _rounded(diagnosis.weights),
        remark=diagnosis.remark,
        example=diagnosis.example,
    )


def _line(raised: Raised | None) -> int | None:
    """The student's line that an exception points to, where it can be one of a file."""
    line = raised.line if raised else None
    return line if line and 0 < line < MAX_LINES else None


def _rounded(weights: Weights) -> Weights:
    found, wanted = (
        tuple(float(number(v)) for v in values) for values in (weights.found, weights.wanted)
    )
    return Weights(case=weights.case, found=found, wanted=wanted)
