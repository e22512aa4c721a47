"""A report is the same bytes every time, fits its schema, and says nothing that is hidden."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import jsonschema
import pytest

from exercise import EXERCISE
from grader import schema
from grader.core.diagnosis import Diagnosis
from grader.core.key import Key
from grader.core.report import CheckResult, Report, from_json
from grader.core.run import Run
from grader.core.submission import Submission, read
from grader.grading.checks import Graded
from grader.grading.grade import failed, grade
from grader.grading.suite import Suite
from grader.sandbox.sandbox import Sandbox
from tests.conftest import SAMPLES

Grade = Callable[[str], Report]
KINDS = [
    "correct/course-loop.py",
    "late-bound-lambda+sum-not-mean",
    "shared-key",
    "nondeterministic",
    "unexplained",
    "crashed+missing-in-axes",
    "syntax-error",
    "killed",
]


def sample(name: str) -> Path:
    """A file, or the first one of a folder."""
    path = SAMPLES / name
    return path if path.is_file() else min(path.glob("*.py"))


@pytest.mark.parametrize("kind", KINDS)
def test_same_submission_gives_same_bytes(kind: str, key: Key, sandbox: Sandbox) -> None:
    """Two gradings of a file, in two workers, give equal reports."""
    submission = read(sample(kind))
    first, second = (grade(EXERCISE, submission, key, sandbox).to_json() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kind", KINDS)
def test_report_fits_its_schema(kind: str, key: Key, sandbox: Sandbox) -> None:
    """The JSON validates against the published schema, and reads back as it was."""
    report = grade(EXERCISE, read(sample(kind)), key, sandbox)
    data = json.loads(report.to_json())
    jsonschema.validate(data, json.loads(schema.FILE.read_text("utf-8")))
    assert from_json(report.to_json()) == report


def test_schema_rejects_what_is_no_report(key: Key, sandbox: Sandbox) -> None:
    """The validation above can fail: a report without its score does not validate."""
    report = grade(EXERCISE, read(sample("syntax-error")), key, sandbox)
    data = json.loads(report.to_json())
    del data["score"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json.loads(schema.FILE.read_text("utf-8")))


def test_schema_file_is_up_to_date() -> None:
    """The schema in the repository is the one that the types give."""
    assert schema.FILE.read_text("utf-8") == schema.text()


def test_report_names_no_path_and_no_time(key: Key, sandbox: Sandbox) -> None:
    """Nothing of this machine is in a report: no path, no clock."""
    for kind in KINDS:
        text = grade(EXERCISE, read(sample(kind)), key, sandbox).to_json().decode()
        assert str(SAMPLES.parent.parent) not in text
        assert not re.search(r"\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|/tmp/", text)


def hidden_numbers(key: Key) -> list[str]:
    """Hidden seeds, and hidden and expected numbers with five digits, as text."""
    found = []
    for case in key.hidden:
        seed = str(case.case.arguments["seed"])
        found += [seed] * (len(seed) > 3)  # shorter ones stand in every report
        values = [*case.case.arguments["x"], *case.expected]  # type: ignore[misc]
        found += [f"{abs(float(v)):.4f}" for v in values]
    return found


def test_report_leaks_no_hidden_number(key: Key, sandbox: Sandbox) -> None:
    """Neither a hidden input nor a hidden answer is in any report."""
    for kind in KINDS:
        text = grade(EXERCISE, read(sample(kind)), key, sandbox).to_json().decode()
        assert [n for n in hidden_numbers(key) if n in text] == []


def test_leak_search_can_fail(key: Key) -> None:
    """The search above finds a hidden seed that is put into a report."""
    submission = Submission.of("custom_lift.py", b"")
    leak = f"seed {key.hidden[0].case.arguments['seed']}"
    text = failed(EXERCISE, submission, "", leak).to_json().decode()
    assert any(n in text for n in hidden_numbers(key))


def test_our_failure_withholds_the_score(key: Key, sandbox: Sandbox) -> None:
    """A broken check is a grader error: no score, rather than a lower one."""
    from dataclasses import replace

    def broken(*_: object) -> None:
        raise LookupError("a mistake of ours")

    exercise = replace(EXERCISE, diagnose=broken)  # type: ignore[arg-type]
    report = grade(exercise, read(sample("correct/course-loop.py")), key, sandbox)
    assert (report.status, report.score) == ("grader-error", None)


def test_another_jax_is_no_wrong_answer(key: Key, sandbox: Sandbox) -> None:
    """When the calibration draws differ, nothing is graded and no score is given."""
    from dataclasses import replace

    other = replace(key, probe=key.probe + 1)
    report = grade(EXERCISE, read(sample("correct/course-loop.py")), other, sandbox)
    assert (report.status, report.score) == ("environment", None)


def test_checks_are_worth_100_points(grade_sample: Grade) -> None:
    """The nine checks have the points of the exercise's table."""
    report = grade_sample("correct/course-loop.py")
    assert {c.id: c.max_points for c in report.checks} == {
        "runs": 10,
        "shape": 10,
        "independent-copies": 10,
        "maps-only-the-keys": 10,
        "every-copy-counts": 10,
        "mean-not-sum": 10,
        "vmapped-init": 10,
        "public-cases": 15,
        "hidden-cases": 15,
    }


def test_forgotten_division_keeps_what_it_got_right(key: Key, sandbox: Sandbox) -> None:
    """A wrong answer that is explained earns the checks that its numbers pass."""
    report = grade(EXERCISE, read(sample("sum-not-mean")), key, sandbox)
    failing = {c.id for c in report.checks if c.outcome != "passed"}
    assert failing - {"vmapped-init"} == {"mean-not-sum", "public-cases", "hidden-cases"}


def test_without_the_hidden_half_hidden_cases_are_graded_later(key: Key, sandbox: Sandbox) -> None:
    """In a student's kit the hidden cases are announced, neither passed nor failed."""
    from dataclasses import replace

    public = replace(key, hidden=())
    report = grade(EXERCISE, read(sample("correct/course-loop.py")), public, sandbox)
    check = report.checks[-1]
    assert (check.outcome, check.points) == ("skipped", 0)
    assert check.later == 7
    assert check.said == "7 more cases, worth 15 points, are graded later"
    assert report.score == 85
    assert not report.correct


def test_property_that_the_answers_do_not_show_earns_nothing(key: Key, suite: Suite) -> None:
    """A check of a property is passed only where the diagnosis knows; it says why it was not."""
    for unknown in ((), ("shape", "copies", "weights")):  # only what is public is answered
        matches = {k.case.id: k.case.public or not unknown for k in key.cases}
        diagnosis = Diagnosis(matches=matches, unknown=unknown)
        said = suite.run(Graded(Run("graded"), diagnosis, key, EXERCISE))
        passed = {c.id for c in said if c.outcome == "passed"}
        assert passed == ({"runs", "public-cases"} if unknown else _ids(said))
        assert {c.because for c in said if c.outcome == "skipped"} <= {"hidden-cases"}


def test_failed_check_names_its_fault(grade_sample: Grade) -> None:
    """What a check failed for, and what a skipped one hangs on, are ids in the report."""
    for kind in ("shared-key", "late-bound-lambda+sum-not-mean", "crashed+missing-in-axes"):
        report = grade_sample(str(sample(kind).relative_to(SAMPLES)))
        faults = [c.fault for c in report.checks if c.fault]
        assert faults
        assert set(faults) <= set(report.diagnosis.named)
        assert {c.because for c in report.checks if c.outcome == "skipped"} <= _ids(report.checks)


def _ids(checks: Sequence[CheckResult]) -> set[str]:
    return {check.id for check in checks}
