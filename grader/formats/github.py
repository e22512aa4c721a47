"""GitHub Actions: annotations on the student's lines, a step summary, and outputs of the step."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from grader.core import place
from grader.core.report import NOT_RUN, Report
from grader.formats import markdown, text
from grader.formats.delivery import Context, Delivery
from grader.verdict.failure import line_of
from grader.verdict.view import reachable

LIMIT = 10  # of each level a step; GitHub leaves out what comes after


@dataclass(frozen=True)
class Annotation:
    """A remark on a line of a file; what is in it is escaped when it is written."""

    level: str  # error, warning or notice
    title: str
    message: str
    line: int | None = None

    def command(self, file: str) -> str:
        """Give the line that GitHub's runner takes for an annotation."""
        where = {"file": file} | ({"line": str(self.line)} if self.line else {})
        properties = {"title": self.title} | (where if file else {})
        shown = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        return f"::{self.level} {shown}::{_data(text.one_line(self.message))}"


def delivery(report: Report, context: Context) -> Delivery:
    """Annotations on standard output; summary and outputs where the environment names a file."""
    commands = [a.command(_in_repository(context)) for a in annotations(report)]
    score = Annotation("notice", "Score", text.heading(report)).command("")
    additions = {}
    if file := context.environment.get("GITHUB_STEP_SUMMARY"):
        additions[Path(file)] = markdown.summary(report, context).encode()
    if file := context.environment.get("GITHUB_OUTPUT"):
        additions[Path(file)] = outputs(report).encode()
    lines = "".join(f"{line}\n" for line in (*commands, score))
    return Delivery(lines.encode(), additions=additions)


def outputs(report: Report) -> str:
    """Lines for $GITHUB_OUTPUT; the score is empty where there is none."""
    score = "" if report.score is None else report.score
    return f"score={score}\nmax={reachable(report)}\nstatus={report.status}\n"


def annotations(report: Report) -> list[Annotation]:
    """Errors for what was found, warnings for advice; not more than are shown."""
    about = [Annotation("warning", "Walls", warning) for warning in report.warnings]
    if report.score is None:
        level = "error" if report.status == NOT_RUN else "warning"
        return [*about, Annotation(level, "No score", text.heading(report))]
    advice = (Annotation("warning", a.id, a.message, a.line) for a in report.advice)
    found = [*about, *islice(_errors(report), LIMIT), *islice(advice, LIMIT - len(about))]
    return [_in_cell(a, report) for a in found] if report.submission.cells else found


def _in_cell(annotation: Annotation, report: Report) -> Annotation:
    """For a notebook: the cell in words, since its lines are not those of the file."""
    if not annotation.line:
        return annotation
    where = place.in_words(annotation.line, report.submission.places)
    return replace(annotation, message=f"{where}: {annotation.message}", line=None)


def _errors(report: Report) -> Iterator[Annotation]:
    diagnosis = report.diagnosis
    if report.status != "graded":
        yield Annotation("error", report.status, report.message, line_of(report))
    for fault in diagnosis.faults:
        words = f"{fault.evidence} {fault.hint}"
        yield Annotation("error", f"{fault.id}: {fault.title}", words, fault.line)
    if report.status == "graded" and not diagnosis.faults:
        for check in report.checks:
            if check.outcome == "failed" and not check.later:
                yield Annotation("error", check.title, check.message)


def _in_repository(context: Context) -> str:
    """The file as the repository has it, where it is in there."""
    root = context.environment.get("GITHUB_WORKSPACE")
    if not root:
        return context.file
    relative = os.path.relpath(Path(context.file).absolute(), root)
    return context.file if relative.startswith("..") else Path(relative).as_posix()


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(text.one_line(words)).replace(":", "%3A").replace(",", "%2C")
