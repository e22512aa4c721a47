"""Gradescope's results.json, for /autograder/results.

No check is hidden: if one were, a student would see no total. What hidden cases show is one line
without numbers, as everywhere. Where the score is withheld there is none in the file, at the top or
in a test. Gradescope's specification requires one, so the run counts as failed, not as 0 points.
Where nothing could be run there are 0 points, and the student reads why at once.
"""

import json
import math
from pathlib import Path
from typing import Any

import msgspec

from grader.core.report import NOT_RUN, CheckResult, Report
from grader.formats import text
from grader.formats.delivery import Context, Delivery

ROOT = "AUTOGRADER_ROOT"  # where Gradescope's folders are, for trying it elsewhere
FORMATS = {
    "output_format": "text",
    "test_output_format": "text",
    "test_name_format": "text",
    "stdout_visibility": "hidden",
}


class _Assignment(msgspec.Struct):
    total_points: str | float | None = None


class _Metadata(msgspec.Struct):
    assignment: _Assignment


def delivery(report: Report, context: Context) -> Delivery:
    """One file and nothing on standard output, which Gradescope keeps for instructors."""
    root = Path(context.environment.get(ROOT, "/autograder"))
    target = context.target or root / "results" / "results.json"
    total = total_points(_read(root / "submission_metadata.json"))
    content = json.dumps(results(report, context, total), indent=2, ensure_ascii=False)
    return Delivery(files={target: content.encode() + b"\n"})


def total_points(metadata: bytes) -> float | None:
    """What the assignment is worth on Gradescope, if its metadata says so."""
    try:
        said = msgspec.json.decode(metadata, type=_Metadata).assignment.total_points
        points = float(said) if said is not None else 0.0
    except (msgspec.MsgspecError, ValueError):
        return None
    return points if math.isfinite(points) and points > 0 else None


def results(report: Report, context: Context, total: float | None) -> dict[str, Any]:
    """Everything, in points of the assignment."""
    scale = (total or report.max_score) / report.max_score
    about = {
        "status": report.status,
        "faults": [fault.id for fault in report.diagnosis.faults],
        "sha256": report.submission.sha256,
        "grader": report.grader,
    }
    body = {"output": text.whole(report, context), **FORMATS, "extra_data": about}
    if report.score is None and report.status != NOT_RUN:
        return body
    tests = [_test(check, scale) for check in report.checks]
    return {"score": _scaled(report.score or 0, scale), **body, "tests": tests}


def _test(check: CheckResult, scale: float) -> dict[str, Any]:
    named = {"name": text.one_line(check.title), "visibility": "visible", "tags": [check.id]}
    if check.later:
        return {**named, "output": f"{text.message(check)}."}
    earned = {
        "score": _scaled(check.points, scale),
        "max_score": _scaled(check.max_points, scale),
        "status": "passed" if check.outcome == "passed" else "failed",
    }
    return {**named, **earned, "output": text.message(check)}


def _scaled(points: int, scale: float) -> float:
    return round(points * scale, 4)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
