"""JUnit XML: a suite for each submission, a test case for each check; no clock, no host."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from junitparser import Attr, Error, Failure, IntAttr, Skipped, TestCase, TestSuite

from grader.core import place
from grader.core.report import CheckResult, Report, from_json
from grader.formats import text
from grader.formats.delivery import Context, Delivery
from grader.results.summary import Summary
from grader.verdict.failure import line_of


class Located(TestCase):
    """A test case that says where in the student's file to look."""

    file = Attr()
    line = IntAttr()


def delivery(report: Report, context: Context) -> Delivery:
    """One suite on standard output; or in a file, and what a person reads on standard output."""
    content = b"".join(document([suite(report, report.exercise, context.file)]))
    if context.target is None:
        return Delivery(content)
    return Delivery(text.whole(report, context).encode() + b"\n", {context.target: content})


def of_results(folder: Path) -> Delivery:
    """A suite for each submission of a bulk run, in FOLDER/junit.xml: what its reports say."""
    rows = msgspec.json.decode((folder / "summary.json").read_bytes(), type=Summary).submissions
    reports = ((row, from_json((folder / row.report).read_bytes())) for row in rows)
    suites = (suite(report, row.id, report.submission.name) for row, report in reports)
    return Delivery(files={folder / "junit.xml": b"".join(document(suites))})


def document(suites: Iterable[TestSuite]) -> Iterator[bytes]:
    """A file of suites, piece by piece: a class may be large."""
    yield b"<?xml version='1.0' encoding='utf-8'?>\n<testsuites>\n"
    for one in suites:
        yield one.tostring() + b"\n"  # type: ignore[no-untyped-call]  # the library has some types
    yield b"</testsuites>\n"


def suite(report: Report, classname: str, file: str) -> TestSuite:
    """A submission; `classname` and a check's id together are a case's name, once in a file."""
    made = TestSuite(text.one_line(report.submission.name))
    for name in ("status", "score", "max_score"):
        value = getattr(report, name)
        made.add_property(name, "" if value is None else str(value))
    for warning in report.warnings:
        made.add_property("warning", text.one_line(warning))
    cases = [_case(report, check, classname, file) for check in report.checks]
    if report.score is None or not cases:
        cases.append(_ending(report, classname, file))
    for case in cases:
        made.append(case)  # type: ignore[no-untyped-call]
    made.tests = len(cases)
    made.failures = sum(case.is_failure for case in cases)
    made.errors = sum(case.is_error for case in cases)
    made.skipped = sum(case.is_skipped for case in cases)
    return made


def _case(report: Report, check: CheckResult, classname: str, file: str) -> Located:
    case = Located(check.id, classname)
    case.file = text.one_line(file)
    if check.outcome == "passed":
        return case
    if check.outcome == "skipped":
        case.result = [Skipped(text.message(check))]
        return case
    fault = report.diagnosis.named.get(check.fault)
    about = [check.title, check.message, *([f"Hint: {fault.hint}"] if fault else [])]
    line = fault.line if fault else line_of(report)
    cells = report.submission.places
    if line:
        about.append(place.in_file(file, line, cells))
    if line and not cells:  # a notebook's lines are not those of the file
        case.line = line
    case.result = [_result(Failure, check.message or report.message, check.outcome, about)]
    return case


def _ending(report: Report, classname: str, file: str) -> Located:
    """The one case of a submission that has no checks or no score: how it ended."""
    case = Located("graded", classname)
    case.file = text.one_line(file)
    if report.score is None:
        why = text.no_score(report)
        case.result = [_result(Error, why, report.status, [why, report.message])]
    else:
        case.result = [_result(Failure, report.message, report.status, [report.message])]
    return case


def _result(kind: type[Any], message: str, type_: str, lines: Iterable[str]) -> Any:
    result = kind(text.one_line(message), type_)
    result.text = "\n".join(text.one_line(line) for line in lines if line)
    return result
