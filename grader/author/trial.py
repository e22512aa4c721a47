"""Grades an exercise's samples, which lie in folders named for what is expected of them.

`samples/correct/` are to have full marks, `samples/a+b/` both faults and no other, and
`samples/unexplained/` neither; `crashed+a/` names how a run ends, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.core.errors import UsageError
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.report import Report
from grader.grading.grade import grade
from grader.grading.suite import Suite
from grader.sandbox.sandbox import Sandbox
from grader.sources import alone
from grader.sources.entry import Wanted

CORRECT, UNEXPLAINED = "correct", "unexplained"


@dataclass(frozen=True)
class Sample:
    """A sample's report beside what its folder says."""

    file: Path
    report: Report

    @property
    def expected(self) -> frozenset[str]:
        """What its folder is named for."""
        return frozenset(self.file.parent.name.split("+"))

    @property
    def found(self) -> frozenset[str]:
        """What the report says, in the words of a folder's name."""
        report, faults = self.report, self.report.diagnosis.named
        ending = {report.status} - {"graded"}
        if not faults and not ending:
            return frozenset({CORRECT if report.score == report.max_score else UNEXPLAINED})
        return frozenset({*faults, *ending})

    @property
    def is_expected(self) -> bool:
        """Whether that is what was expected, or one of several explanations that are as good."""
        others = (frozenset(faults) for faults in self.report.diagnosis.alternatives)
        return self.expected in (self.found, *others)

    @property
    def line(self) -> str:
        """One line on it."""
        mark = "ok  " if self.is_expected else "NOT "
        score = "--" if self.report.score is None else self.report.score
        rest = "" if self.is_expected else f", expected {'+'.join(sorted(self.expected))}"
        where = f"{self.file.parent.name}/{self.file.name}"
        return f"{mark} {score:>3}  {where}: {'+'.join(sorted(self.found))}{rest}"


def samples(exercise: Exercise) -> list[Path]:
    """All samples, in order."""
    files = (exercise.folder / "samples").glob("*/*")
    return sorted(p for p in files if p.suffix in (".py", ".ipynb"))


def tried(exercise: Exercise, key: Key, sandbox: Sandbox) -> Iterator[Sample]:
    """Grade all samples; raises UsageError where there is none."""
    files = samples(exercise)
    if not files:
        first = exercise.folder / "samples" / CORRECT / exercise.stub.name
        raise UsageError(f"There is no sample: {first} may be one.")
    wanted = Wanted.of(exercise)
    with sandbox, Suite(exercise) as suite:
        for path in files:
            submission = alone.submission(path, wanted)
            yield Sample(path, grade(exercise, submission, key, sandbox, suite))
