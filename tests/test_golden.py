"""Whole reports, kept in the repository: a change of wording or of numbers is seen in a diff.

Written anew with: python -m tests.test_golden
"""

import json
from pathlib import Path
from typing import Any

import pytest

from exercise import EXERCISE
from grader import ROOT
from grader.core.key import Key
from grader.core.report import Report
from grader.core.submission import read
from grader.grading.grade import grade
from grader.sandbox.sandbox import Sandbox
from tests.conftest import SAMPLES

GOLDEN = ROOT / "tests" / "golden"
CASES = (
    "correct/course-loop",
    "shared-key/init_once_and_tile",
    "late-bound-lambda+sum-not-mean/*",
    "crashed+missing-in-axes/*",
    "unexplained/*",
    "syntax-error/*",
)


def stable(report: Report) -> dict[str, Any]:
    """A report without what depends on the installation: versions, walls, the key's digest."""
    data: dict[str, Any] = json.loads(report.to_json())
    for name in ("environment", "key", "grader", "warnings"):
        del data[name]
    return data


def sample(pattern: str) -> Path:
    """The first sample that matches."""
    return min(SAMPLES.glob(f"{pattern}.py"))


def golden_file(pattern: str) -> Path:
    """Where the report of a sample is kept."""
    return GOLDEN / f"{sample(pattern).parent.name}.json"


@pytest.mark.parametrize("pattern", CASES)
def test_report_is_the_golden_one(pattern: str, key: Key, sandbox: Sandbox) -> None:
    """The report of a sample is, field by field, the one in tests/golden."""
    report = stable(grade(EXERCISE, read(sample(pattern)), key, sandbox))
    assert report == json.loads(golden_file(pattern).read_text("utf-8"))


def write() -> None:
    """Write every golden report anew."""
    from grader.core import key_file as keys
    from grader.sandbox import cache

    answers = keys.read(EXERCISE.public_key, EXERCISE.hidden_key)
    GOLDEN.mkdir(exist_ok=True)
    with Sandbox(cache=cache.location(), warmup=EXERCISE.warmup) as sandbox:
        for pattern in CASES:
            report = stable(grade(EXERCISE, read(sample(pattern)), answers, sandbox))
            text = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
            golden_file(pattern).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
