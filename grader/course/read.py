"""Reads `course.toml`: strictly, with messages that name the line and the key (trusted side)."""

import ast
import difflib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args, get_origin
from zoneinfo import ZoneInfo

import msgspec

from grader.core.errors import UsageError
from grader.core.exercise import Exercise
from grader.core.submission import SUFFIXES
from grader.core.text import inert
from grader.course.lines import line_of
from grader.course.rules import Course

NAME = "course.toml"
MAX_BYTES = 2**20
_Problem = tuple[Sequence[str], str]  # the path of a key, and what is wrong there


def beside(sources: Sequence[Path]) -> Path | None:
    """The one `course.toml` beside the folders and archives of submissions.

    Never within a folder of submissions, nor beside single files: a student may have put it there.
    """
    archives = (s for s in sources if s.is_dir() or not s.name.lower().endswith(SUFFIXES))
    places = {source.resolve().parent / NAME for source in archives}
    found = {place for place in places if place.is_file()}
    if len(found) > 1:
        listed = ", ".join(sorted(map(str, found)))
        raise UsageError(f"There are several course files; name one with --course: {listed}")
    return next(iter(found), None)


def read(path: Path, worth: Mapping[str, int]) -> tuple[Course, bytes]:
    """Read a course's rules, for checks with so many points; raises UsageError for the first fault.

    Gives the file's bytes too, which are kept beside the results.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"{path} is larger than {MAX_BYTES:,} bytes: is it a course's rules?")
    return parse(data, str(path), worth), data


def parse(data: bytes, shown: str, worth: Mapping[str, int]) -> Course:
    """Read rules from bytes; raises UsageError naming the line and the key."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        table = tomllib.loads(text)
    except (UnicodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{shown} is no TOML: {inert(str(error))}.") from None
    problem = next(_misfits(table, Course, ()), None)
    if problem is None:
        course = msgspec.convert(table, Course)
        problem = next(_contradictions(course, worth), None)
        if problem is None:
            return course
    path, said = problem
    line = line_of(text, path)
    where = f", line {line}" if line else ""
    key = f"{'.'.join(path)}: " if path else ""
    raise UsageError(f"{shown}{where}: {inert(f'{key}{said}')}")


def worth_of(exercise: Exercise) -> dict[str, int]:
    """The points of each check of an exercise, read from its checks without running them."""
    from grader.grading.checks import check_id

    found = {}
    for node in ast.parse(exercise.checks.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.points":
                    found[check_id(node.name)] = int(ast.literal_eval(mark.args[0]))
    return found


def _misfits(value: Any, kind: Any, path: tuple[str, ...]) -> Iterator[_Problem]:
    """What does not fit a type: tables go key by key, so that each message has its key."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if not isinstance(value, dict):
            yield path, f"this is a table: write [{'.'.join(path)}], and its keys below"
            return
        fields = {f.name: f.type for f in msgspec.structs.fields(kind)}
        for key, inner in value.items():
            if key in fields:
                yield from _misfits(inner, fields[key], (*path, key))
            else:
                yield (*path, key), f"there is no such key.{close(key, fields)}"
    elif get_origin(kind) is dict and isinstance(value, dict):
        for key, inner in value.items():
            yield from _misfits(inner, get_args(kind)[1], (*path, key))
    else:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            also = ""
            if isinstance(value, date) and not isinstance(value, datetime):
                also = f"; a time belongs to a date: {value} 23:59:00"
            yield path, f"{str(error).split(' - at ')[0]}{also}"
        else:
            if isinstance(value, str) and datetime in get_args(kind):
                yield path, f"a time has no quotes: {value}"


def _contradictions(course: Course, worth: Mapping[str, int]) -> Iterator[_Problem]:
    """What fits the types and makes no sense."""
    if course.zone:
        try:
            ZoneInfo(course.zone)
        except (OSError, ValueError):  # a name that is not known is a KeyError of this kind
            yield ("zone",), f'there is no time zone {course.zone}; one is "Europe/Berlin"'
            return
        except LookupError:
            yield ("zone",), f'there is no time zone {course.zone}; one is "Europe/Berlin"'
            return
    yield from _times(course)
    for id in course.points:
        if id not in worth:
            yield ("points", id), f"there is no such check.{close(id, worth)}"
    total = sum(course.points.get(id, points) for id, points in worth.items())
    if course.total is not None and course.total != total:
        listed = " + ".join(f"{id} {course.points.get(id, p)}" for id, p in worth.items())
        yield ("total",), f"the checks sum to {total}, and not to {course.total}: {listed}"
    if total == 0:
        yield ("points",), "no check would count"
    late = course.late
    if late.days and not late.percent_a_day:
        yield (
            ("late", "days"),
            "say what a day beyond these costs: percent_a_day = 100 leaves nothing",
        )
    if course.late_days and not late.percent_a_day:
        yield ("late_days",), "say what a day beyond these costs, with percent_a_day under [late]"
    seen: dict[str, str] = {}
    for name, section in course.sections.items():
        for student in section.students:
            if student.casefold() in seen:
                other = seen[student.casefold()]
                where = "there twice" if other == name else f"in {other} and in {name}"
                said = f"{student} is {where}"
                yield ("sections", name, "students"), said
            seen[student.casefold()] = name


def _times(course: Course) -> Iterator[_Problem]:
    named: dict[tuple[str, ...], Any] = {("due",): course.due, ("closes",): course.closes}
    for name, section in course.sections.items():
        named["sections", name, "due"] = section.due
        named["sections", name, "closes"] = section.closes
    for student, until in course.extensions.items():
        named["extensions", student] = until
    dates = {path: time for path, time in named.items() if isinstance(time, datetime)}
    for path, time in dates.items():
        if time.tzinfo is None and not course.zone:
            yield path, 'this time has no zone: add zone = "Europe/Berlin", or the like, at the top'
            return
    has_due = course.due is not None or any(s.due for s in course.sections.values())
    needing: dict[str, object] = {"closes": course.closes, "late": course.late.percent_a_day}
    needing |= {"extensions": course.extensions}
    needing["counts"] = "last-before-due" if course.counts == "last-before-due" else ""
    for key, given in needing.items():
        if given and not has_due:
            yield (key,), "this needs a date: due = 2026-10-05 23:59:00, at the top"
    pairs: dict[tuple[str, ...], tuple[datetime | None, datetime | None]]
    pairs = {(): (course.due, course.closes)}
    pairs |= {
        ("sections", name): (s.due or course.due, s.closes or course.closes)
        for name, s in course.sections.items()
    }
    for path, (due, closes) in pairs.items():
        if due and closes and course.at(closes) < course.at(due):
            yield (*path, "closes"), "it closes before it is due"


def close(name: str, known: Mapping[str, object]) -> str:
    """The known name that is closest, as a question; or all of them."""
    near = difflib.get_close_matches(name, known, n=1)
    return f" Did you mean {near[0]}?" if near else f" There are: {', '.join(known)}"
