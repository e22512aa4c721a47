"""The score report of one submission: what is written, field by field (trusted side).

The same submission gives the same bytes: no clock, path, host, pid or unordered set in here.
"""

from typing import TYPE_CHECKING

import msgspec

from grader import __version__
from grader.diagnosis import Diagnosis, Example, number
from grader.exercise import Exercise
from grader.isolation import warnings
from grader.key import Key
from grader.place import Cells
from grader.run import Run
from grader.submission import Submission

if TYPE_CHECKING:
    from grader.checks import CheckResult

SCHEMA = "lift-grader/report/1"
GRADABLE = ("graded", "crashed")
WITHHELD = ("environment", "grader-error")  # no score: the submission was not what failed


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything in a report."""


class CellPart(_Part, frozen=True):
    """A cell of a notebook, and the line at which it begins in the source that was put together."""

    number: int
    first_line: int


class SubmissionPart(_Part, frozen=True, omit_defaults=True):
    """Which file was graded; of a notebook, its cells: every `line` counts through their source."""

    name: str
    sha256: str
    cells: tuple[CellPart, ...] = ()

    @property
    def places(self) -> Cells:
        """The cells as `grader.place` takes them."""
        return tuple((cell.number, cell.first_line) for cell in self.cells)


class CheckPart(_Part, frozen=True):
    """One check."""

    id: str
    title: str
    outcome: str
    points: int
    max_points: int
    message: str


class FaultPart(_Part, frozen=True):
    """One fault that was named."""

    id: str
    title: str
    evidence: str
    hint: str
    line: int | None


class WeightsPart(_Part, frozen=True):
    """The weights that one public answer holds, and those of the right answer."""

    case: str
    found: tuple[float, ...]
    wanted: tuple[float, ...]


class RowPart(_Part, frozen=True):
    """One wrong element of a public answer, its numbers as text."""

    index: int
    yours: str
    expected: str
    ratio: str


class ExamplePart(_Part, frozen=True):
    """A public case that was wrong: the call, what came back, the worst elements first."""

    case: str
    call: str
    came_back: str
    rows: tuple[RowPart, ...]
    wrong: int
    size: int
    pattern: str


class DiagnosisPart(_Part, frozen=True):
    """The faults; other lists that explain as much; what is seen when none is named."""

    faults: tuple[FaultPart, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    weights: WeightsPart | None = None
    remark: str = ""
    example: ExamplePart | None = None


class AdvicePart(_Part, frozen=True):
    """A remark on style: it takes no points, though a check may ask for the same."""

    id: str
    message: str
    line: int | None


class Report(_Part, frozen=True):
    """Everything that is said of one submission; `score` is null where it is withheld."""

    schema: str
    grader: str
    exercise: str
    submission: SubmissionPart
    status: str
    message: str
    score: int | None
    max_score: int
    correct: bool
    checks: tuple[CheckPart, ...]
    diagnosis: DiagnosisPart
    advice: tuple[AdvicePart, ...]
    environment: dict[str, str]
    key: str
    warnings: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """Give the report's bytes: indented, in field order, with a final newline."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def from_json(data: bytes) -> Report:
    """Read a report again; raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(data, type=Report)


def part(submission: Submission) -> SubmissionPart:
    """Say which file was graded."""
    cells = tuple(CellPart(number, line) for number, line in submission.cells)
    return SubmissionPart(submission.name, submission.sha256, cells)


def build(
    exercise: Exercise,
    submission: Submission,
    key: Key,
    run: Run,
    diagnosis: Diagnosis,
    checks: "list[CheckResult]",
    message: str,
) -> Report:
    """Put a report together."""
    withheld = run.status in WITHHELD
    versions = {name: run.versions.get(name, "") for name in ("python", "jax", "flax", "numpy")}
    environment = versions | {"backend": run.versions.get("backend", "")}
    correct = bool(diagnosis.matches) and all(diagnosis.matches.values())
    correct = correct and run.status == "graded" and not diagnosis.faults
    return Report(
        SCHEMA,
        __version__,
        exercise.id,
        part(submission),
        run.status,
        message,
        None if withheld else sum(c.points for c in checks),
        sum(c.max_points for c in checks),
        correct and len(key.hidden) == key.hidden_count,
        tuple(
            CheckPart(c.id, c.title, c.outcome, c.points, c.max_points, c.message) for c in checks
        ),
        _diagnosis(exercise, diagnosis),
        tuple(AdvicePart(a.id, exercise.wording.advice[a.id], a.line) for a in diagnosis.advice),
        environment | {"isolation": " ".join(run.isolation)},
        key.digest,
        warnings(run.isolation) if key.hidden and run.isolation else (),
    )


def _diagnosis(exercise: Exercise, diagnosis: Diagnosis) -> DiagnosisPart:
    pages = exercise.wording.faults
    weights = diagnosis.weights
    return DiagnosisPart(
        tuple(
            FaultPart(f.id, pages[f.id].title, f.evidence, pages[f.id].hint, f.line)
            for f in diagnosis.faults
        ),
        diagnosis.alternatives,
        None
        if weights is None
        else WeightsPart(weights.case, _rounded(weights.found), _rounded(weights.wanted)),
        diagnosis.remark,
        _example(diagnosis.example),
    )


def _example(example: Example | None) -> ExamplePart | None:
    return None if example is None else msgspec.convert(example, ExamplePart, from_attributes=True)


def _rounded(values: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(float(number(v)) for v in values)
