"""Classroom 50's result.json (classroom50/result/v1), its release notes and its step outputs."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.core.errors import GraderError, UsageError
from grader.core.report import NOT_RUN, CheckResult, Report
from grader.formats import markdown, text
from grader.formats.delivery import Context, Delivery
from grader.verdict.view import reachable

SCHEMA = "classroom50/result/v1"
DATE = "%Y-%m-%dT%H:%M:%SZ"
MAX_SUMMARY = 140  # of a commit's status


def delivery(report: Report, context: Context) -> Delivery:
    """result.json and release-body.md where the runner looks for them.

    Where the score is withheld this raises GraderError and nothing is written: the runner then
    records an error instead of 0 points. Where nothing could be run there are 0, and the reason.
    """
    if report.score is None and report.status != NOT_RUN:
        raise GraderError(f"{text.WITHHELD} {report.message}")
    target = context.target or Path("result.json")
    made = result(report, context.environment, commit_date(Path(context.file).parent))
    files = {
        target: json.dumps(made, indent=2, ensure_ascii=False).encode() + b"\n",
        target.with_name("release-body.md"): markdown.summary(report, context).encode(),
    }
    place = context.environment.get("GITHUB_OUTPUT")
    return Delivery(files=files, additions={Path(place): outputs(report).encode()} if place else {})


def result(report: Report, environment: Mapping[str, str], date: str) -> dict[str, Any]:
    """The file's fields; `date` is that of the commit, the same on every regrade."""

    def given(*names: str) -> str:
        found = next((environment[name] for name in names if environment.get(name)), None)
        if found is None:
            raise UsageError(f"{names[0]} is not set; Classroom 50's runner sets it.")
        return found

    counted = [check for check in report.checks if not check.later]
    return {
        "schema": SCHEMA,
        "classroom": given("CLASSROOM"),
        "assignment": given("ASSIGNMENT"),
        "assignment_type": environment.get("ASSIGNMENT_TYPE") or "individual",
        "owner": given("OWNER", "USERNAME"),
        "submission": given("SUBMISSION_TAG"),
        "commit": given("COMMIT_URL"),
        "release": given("RELEASE_URL"),
        "review": given("REVIEW_URL", "COMMIT_URL"),
        "datetime": date,
        "score": report.score or 0,
        "max-score": reachable(report),
        "tests": [*map(_warning, report.warnings), *map(_test, counted)],
    }


def outputs(report: Report) -> str:
    """Lines for $GITHUB_OUTPUT: the commit's status and a line of ours about it."""
    full = report.score == reachable(report)
    faults = ", ".join(fault.id for fault in report.diagnosis.faults)
    points = f"{report.score or 0} of {reachable(report)} points"
    points += ", graded without all walls" if report.warnings else ""
    about = f"{points}: {faults}" if faults else points
    return f"status={'success' if full else 'failure'}\nsummary={about[:MAX_SUMMARY]}\n"


def commit_date(folder: Path) -> str:
    """When the commit that is checked out was made, in UTC; raises UsageError without one."""
    command = ["git", "log", "-1", f"--date=format-local:{DATE}", "--format=%cd"]
    try:
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, "TZ": "UTC"}, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        raise UsageError("There is no commit to take the date from: is this a checkout?") from None
    return done.stdout.decode().strip()


def _warning(words: str) -> dict[str, Any]:
    """A row without points, since the file has no place for remarks; it is shown as not passed."""
    return {
        "test-name": "walls",
        "passed": False,
        "score": 0,
        "max-score": 0,
        "title": "Warning",
        "message": text.one_line(words),
    }


def _test(check: CheckResult) -> dict[str, Any]:
    return {
        "test-name": check.id,
        "passed": check.outcome == "passed",
        "score": check.points,
        "max-score": check.max_points,
        "title": text.one_line(check.title),
        "message": text.message(check),
    }
