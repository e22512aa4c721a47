"""What the tests of the class report share: results of a bulk run, written without grading."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import structs

from exercise import EXERCISE
from grader.core.behaviour import NOTHING, Answer, Behaviour
from grader.core.diagnosis import Fault
from grader.core.report import CheckResult, DiagnosisPart, Report
from grader.core.submission import Submission
from grader.grading.grade import failed
from grader.results.read import Results, read
from grader.results.sidecar import Settings
from grader.results.store import Store
from grader.results.summary import Row, build

PASSED = ("passed", "")
SOURCE = "def custom_lift_forward(seed, x, n_copies, features):\n    return x\n"


def check(
    id: str,
    points: int,
    outcome: str = "passed",
    message: str = "",
    *,
    fault: str = "",
    because: str = "",
) -> CheckResult:
    """A check of a report."""
    return CheckResult(
        id=id,
        title=f"The property {id}.",
        outcome=outcome,
        points=points if outcome == "passed" else 0,
        max_points=points,
        message=message,
        fault=fault,
        because=because,
    )


def fault(id: str, evidence: str = "", line: int | None = None) -> Fault:
    """A fault of a report."""
    page = EXERCISE.wording.faults[id]
    said = evidence or f"This shows {id}."
    return Fault(id=id, evidence=said, line=line, title=page.title, hint=page.hint)


def report(
    checks: Sequence[CheckResult],
    faults: Sequence[Fault] = (),
    *,
    name: str = "a.py",
    source: str = SOURCE,
    status: str = "graded",
    message: str = "",
    remark: str = "",
    mismatches: int = 0,
) -> Report:
    """A report with these checks and faults; the score is what the checks earned."""
    made = failed(EXERCISE, Submission.of(name, source.encode()), "key", message)
    return structs.replace(
        made,
        status=status,
        score=sum(c.points for c in checks),
        max_score=sum(c.max_points for c in checks),
        checks=tuple(checks),
        diagnosis=DiagnosisPart(tuple(faults), remark=remark),
        mismatches=mismatches,
    )


def right() -> Report:
    """All points."""
    return report([check("runs", 70), check("public-cases", 30)])


def wrong(*ids: str, line: int | None = None, source: str = SOURCE, remark: str = "") -> Report:
    """Some points, and these faults."""
    checks = [check("runs", 70), check("public-cases", 30, "failed", "1 of 4 does not match.")]
    faults = [fault(id, line=line) for id in ids]
    return report(checks, faults, source=source, remark=remark, mismatches=1)


def answered(*numbers: float, case: str = "public-1") -> Behaviour:
    """What a submission did that gave these numbers."""
    texts = tuple(f"{n:.4e}" for n in numbers)
    return Behaviour(answers=(Answer(case, False, "ArrayImpl", "float32", (len(texts),), texts),))


def keep(
    folder: Path,
    reports: Mapping[str, Report],
    seen: Mapping[str, Behaviour] | None = None,
    sources: Mapping[str, str] | None = None,
) -> Results:
    """Write what a bulk run would have left of these."""
    settings = Settings(EXERCISE.id, "0", "key", 30)
    with Store(folder, settings) as store:
        for id, each in reports.items():
            store.keep_source(id, (sources or {}).get(id, SOURCE).encode())
            store.put(id, each, 0, (seen or {}).get(id, NOTHING))
        rows = [Row.of(id, each) for id, each in reports.items()]
        store.write(folder / "summary.json", build(rows, EXERCISE.id, "key").to_json())
        store.finish({}, {})
    return read(folder)
