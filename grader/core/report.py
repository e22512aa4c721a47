"""The score report of one submission: what is written, field by field (trusted side).

The same submission gives the same bytes: no clock, path, host, pid or unordered set in here.
"""

import msgspec

from grader.core.diagnosis import Advice, Example, Fault, Picture
from grader.core.files import to_json
from grader.core.place import Cells

SCHEMA = "lift-grader/report/1"
GRADABLE = ("graded", "crashed")
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
    picture: Picture | None = None
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
        return to_json(self)


def from_json(data: bytes) -> Report:
    """Read a report again; raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(data, type=Report)
