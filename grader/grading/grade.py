"""Grades one submission: run, diagnose, check, report. Whatever happens, a report comes out."""

import traceback
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs

from grader import settings
from grader.core.changed_settings import changed_by, sentence
from grader.core.diagnosis import Diagnosis
from grader.core.errors import GraderError
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.report import NOT_RUN, Report
from grader.core.run import Run
from grader.core.submission import Submission
from grader.grading.assemble import build, scoreless
from grader.grading.checks import Graded
from grader.grading.ending import cause, describe_status
from grader.grading.execute import execute
from grader.grading.mending import mend
from grader.grading.quotable import Quotable
from grader.grading.suite import Suite, run_checks
from grader.notebook.submitted import as_python
from grader.sandbox.sandbox import Sandbox

UNSURE = ("killed", "grader-error")  # another process may have been the cause


@dataclass(frozen=True)
class Grading:
    """A report, and beside it what stands in none: run and diagnosis, if there was a run."""

    report: Report
    run: Run | None = None
    diagnosis: Diagnosis | None = None

    @property
    def printed(self) -> dict[str, str]:
        """What the submission printed in public cases, by case; for the one who handed it in."""
        return {} if self.run is None else self.run.printed_public


def grade(
    exercise: Exercise,
    submission: Submission,
    key: Key,
    sandbox: Sandbox,
    suite: Suite | None = None,
) -> Report:
    """Grade a submission, and give its report alone."""
    return grade_in_full(exercise, submission, key, sandbox, suite).report


def grade_in_full(
    exercise: Exercise,
    submission: Submission,
    key: Key,
    sandbox: Sandbox,
    suite: Suite | None = None,
    quotable: Quotable | None = None,
) -> Grading:
    """Grade a submission; a failure of ours gives a report that withholds the score.

    With an open suite, the checks need not be collected anew; from any thread. Who grades the same
    submission once more gives what was `quotable` at first.
    """
    try:
        return _grade(exercise, submission, key, sandbox, suite, quotable)
    except Exception as error:  # noqa: BLE001  # of ours or of a library's: it has no score
        return Grading(failed(exercise, submission, key.digest, why_failed(error)))


def grade_surely(
    exercise: Exercise, submission: Submission, key: Key, sandbox: Sandbox, suite: Suite
) -> Grading:
    """Grade a submission; once more when it may have been killed from outside."""
    quotable = Quotable()
    grading = grade_in_full(exercise, submission, key, sandbox, suite, quotable)
    if grading.report.status in UNSURE:
        grading = grade_in_full(exercise, submission, key, sandbox, suite, quotable)
    return grading


def why_failed(error: BaseException) -> str:
    """Say what failed; in words of ours alone, since others could hold a hidden input."""
    if isinstance(error, GraderError):
        return f"{type(error).__name__}: {error}"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"


def _grade(
    exercise: Exercise,
    submission: Submission,
    key: Key,
    sandbox: Sandbox,
    suite: Suite | None,
    quotable: Quotable | None,
) -> Grading:
    submission = as_python(submission, exercise.function)
    if submission.problem:
        kind = "notebook" if submission.is_notebook else "file"
        reason = f"The {kind} was not run: {submission.problem}."
        return Grading(scoreless(exercise, submission, key.digest, NOT_RUN, reason))
    run = execute(exercise, submission, key, sandbox, exercise.plan(key), 0.0, quotable)
    mended, used = mend(exercise, submission, key, sandbox, run)
    diagnosis = exercise.diagnose(submission, key, run, None, mended)
    if diagnosis.asks:
        explained = mended.program if mended else submission
        plan = exercise.second_plan(key, diagnosis.asks)
        second = execute(exercise, explained, key, sandbox, plan, used)
        diagnosis = exercise.diagnose(submission, key, run, second, mended)
    graded = Graded(run, diagnosis, key, exercise)
    checks = run_checks(graded) if suite is None else suite.run(graded)
    message = describe_status(exercise, submission, run)
    known = cause(submission, run)
    kind = known.kind if known else ""
    wrong = run.status == "graded" and not all(diagnosis.matches.values())
    if wrong and (changed := changed_by(submission.source, run.settings)):
        message = sentence(changed)
        if not diagnosis.faults or set(changed) & set(settings.DRAWS):
            kind = "setting"
    report = build(exercise, submission, key, run, diagnosis, checks, message)
    return Grading(structs.replace(report, cause=kind), run, diagnosis)


def failed(exercise: Exercise, submission: Submission, key_digest: str, reason: str) -> Report:
    """The report of a failure of ours: the score is withheld, never lowered."""
    return scoreless(exercise, submission, key_digest, "grader-error", reason)


def unreadable(exercise: Exercise, name: str, key_digest: str, reason: str) -> Report:
    """The report for a path at which there is no file to grade: it has no score."""
    return scoreless(exercise, Submission.of(name, b""), key_digest, NOT_RUN, reason)
