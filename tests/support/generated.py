"""Results of a bulk run that were never graded: reports of a small class under many ids."""

import shutil
from pathlib import Path

from msgspec import structs

from grader.core.report import SubmissionPart
from grader.results.read import read
from grader.results.summary import Row, build


def multiply(small: Path, out: Path, count: int) -> Path:
    """Write a folder of results with so many submissions, each a copy of one of a small class."""
    results = read(small)
    originals = list(results)
    for part in ("reports", "behaviour", "sources"):
        (out / part).mkdir(parents=True)
    rows = []
    for number in range(count):
        id, original = f"student-{number:04}", originals[number % len(originals)]
        name = SubmissionPart(f"{id}.py", original.report.submission.sha256)
        report = structs.replace(original.report, submission=name)
        (out / "reports" / f"{id}.json").write_bytes(report.to_json())
        for part, suffix in (("behaviour", "json"), ("sources", "py")):
            shutil.copy(small / part / f"{original.id}.{suffix}", out / part / f"{id}.{suffix}")
        rows.append(Row.of(id, report))
    summary = build(rows, results.summary.exercise, results.summary.key)
    (out / "summary.json").write_bytes(summary.to_json())
    return out
