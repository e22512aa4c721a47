"""What a platform's own table tells of students: section, address, when they handed in (trusted).

A gradebook of Canvas, a grading worksheet of Moodle, or any CSV with a column `id` and some of
`section`, `email`, `submitted`.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from grader.core.errors import UsageError
from grader.core.text import printable
from grader.course.stamp import Stamp, time
from grader.course.student import Student
from grader.gradebook.cells import Table
from grader.gradebook.sheet import header

MAX_BYTES = 64 * 2**20
_PARTICIPANT = re.compile(r"\D*[^\W\d]\D*?\s*(\d+)")
_SUBMITTED = ("last modified (submission)", "submitted", "submitted at")
_SECTION, _EMAIL = ("section", "group", "groups"), ("email address", "email")
_NUMBERS = ("id", "id number", "sis user id", "sis login id", "integration id", "username")
# 2 October 2026, 11:59 PM, with or without the day of the week: Moodle in English.
_MOODLE = ("%d %B %Y, %I:%M %p", "%d %B %Y, %H:%M")


def read(path: Path) -> tuple[Student, ...]:
    """Read a table; raises UsageError for one whose students cannot be told."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UsageError(f"{path} is larger than {MAX_BYTES:,} bytes.")
    table = Table.read(data)
    titles = [title.casefold() for title in header(table)]
    system = _system(table, titles)
    if system is None and "id" not in titles:
        raise UsageError(
            f"{path} tells nobody's id: it is no gradebook of Canvas, no grading worksheet of "
            "Moodle, and has no column `id`."
        )
    rows = [r for r in range(1, len(table.rows)) if table.rows[r]]
    found = (_student(table, row, titles, system or "", path.name) for row in rows)
    return tuple(student for student in found if student.id)


def _system(table: Table, titles: Sequence[str]) -> str | None:
    if "id" in titles and {"student", "lastname"} & set(titles):
        return "canvas"
    ids = [table.value(r, 0) for r in range(1, len(table.rows)) if table.rows[r]]
    if ids and all(_PARTICIPANT.fullmatch(id.strip()) for id in ids):
        return "moodle"
    return None


def _student(table: Table, row: int, titles: Sequence[str], system: str, file: str) -> Student:
    def cell(*names: str) -> str:
        found = (table.value(row, n).strip() for n, title in enumerate(titles) if title in names)
        return printable(next(filter(None, found), ""))

    participant = _PARTICIPANT.fullmatch(table.value(row, 0).strip())
    id = participant[1] if system == "moodle" and participant else cell("id")
    numbers = [n for n in _NUMBERS if n != "id" or system != "canvas"]
    others = {cell(name).casefold() for name in numbers}
    email = cell(*_EMAIL) or next((o for o in sorted(others) if "@" in o), "")
    written = cell(*_SUBMITTED)
    at = _time(written)
    stamp = None if at is None else Stamp(at, None, printable(file))
    unread = written if at is None and written not in ("", "-") else ""
    keys = frozenset((others | {email.casefold()}) - {""})
    return Student(system, id, keys, cell(*_SECTION), email, stamp, unread)


def _time(written: str) -> datetime | None:
    parts = written.split(", ")
    short = ", ".join(parts[1:]) if len(parts) == 3 else written
    for form in _MOODLE:
        try:
            return datetime.strptime(short, form)  # the course's zone is meant
        except ValueError:
            continue
    return time(written)
