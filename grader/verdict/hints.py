"""Hints in levels: symptom, concept, the student's line, the pattern on another example.

A pure function of the exercise's wording and of what was last diagnosed. The diagnosis decides.
"""

import tomllib
from pathlib import Path

import msgspec
from msgspec import structs

from grader.core.errors import GraderError
from grader.core.exercise import Exercise, FaultPage, Hints, Levels
from grader.core.place import in_file
from grader.core.report import Report
from grader.core.text import clean
from grader.verdict.failure import line_of

COMMON = Path(__file__).with_name("hints.toml")
LEVELS = ("the symptom", "the concept", "where to look", "the pattern, on another example")


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What hints are about: a fault or an ending, and the place in the student's file.

    `place` is that place in words, where `file:line` does not tell it: in a notebook.
    """

    id: str
    file: str = ""
    line: int | None = None
    code: str = ""
    place: str = ""


def read(exercise: Exercise) -> Hints:
    """An exercise's hints, with those on causes that any program may have."""
    try:
        common = msgspec.convert(tomllib.loads(COMMON.read_text("utf-8")), dict[str, Levels])
    except (OSError, msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise GraderError(f"hints.toml is damaged: {error}") from None
    return structs.replace(exercise.hints, endings=common | exercise.hints.endings)


def subject(report: Report, source: list[str]) -> Subject | None:
    """What a report's hints are about; None where there is nothing to hint at."""
    line = line_of(report)
    code = clean(source[line - 1]) if line and 0 < line <= len(source) else ""
    file, cells = clean(report.submission.name), report.submission.places
    place = (file, line, code, in_file(file, line, cells) if line and cells else "")
    if report.cause == "setting":  # it may be behind every fault
        return Subject(report.cause, file)
    if report.diagnosis.faults:
        return Subject(report.diagnosis.faults[0].id, *place)
    if report.score is None or report.correct:
        return None
    if report.status != "graded":
        return Subject(report.cause or report.status, *place)
    return Subject(report.cause or "unexplained", *place) if report.mismatches else None


def hint(exercise: Exercise, hints: Hints, about: Subject, level: int) -> str:
    """Give the hint of a level, 1 to 4: at most 160 words, a question or a recommendation first."""
    page = exercise.wording.faults.get(about.id)
    if page is not None:
        return _of_fault(page, hints.where[about.id], about, level)
    levels = hints.endings.get(about.id, hints.endings["unexplained"])
    text = levels[level - 1]
    return f"{text}\n{_place(about)}" if level == 3 and about.line else text


def highest(hints: Hints) -> int:
    """The highest level that the exercise's settings allow."""
    return max(1, min(hints.highest_level, len(LEVELS)))


def _of_fault(page: FaultPage, where: str, about: Subject, level: int) -> str:
    if level == 1:
        return f"{page.hint}\n{page.what}"
    if level == 2:
        return f"{page.hint}\n{page.why}"
    if level == 3:
        return f"{where}\n{_place(about)}"
    return f"{page.hint}\nNot this:\n{_indented(page.wrong)}\nThis:\n{_indented(page.right)}"


def _place(about: Subject) -> str:
    if not about.line:
        return (
            f"No single line of {about.file} shows it: read the function from its return upwards."
        )
    quoted = f"\n    {about.code.strip()}" if about.code.strip() else ""
    return f"Look at {about.place or in_file(about.file, about.line)}{quoted}"


def _indented(code: str) -> str:
    return "\n".join(f"    {line}" for line in code.strip("\n").splitlines())
