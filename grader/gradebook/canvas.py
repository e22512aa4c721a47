"""A gradebook that Canvas exported: one column an assignment, called `Title (id)` (trusted)."""

import re
from decimal import Decimal

from grader.core.errors import UsageError
from grader.core.text import printable
from grader.gradebook.cells import Table
from grader.gradebook.sheet import (
    Gradebook,
    Line,
    header,
    is_rounded,
    number,
    only,
    plain_id,
    unscaled,
)

SYSTEM = "canvas"
_ASSIGNMENT = re.compile(r"(?P<title>.+) \((?P<id>\d+)\)", re.S)
_IGNORED = re.compile(r"(?:unposted )?(?:current|final|override) (?:score|grade)", re.I)
_POINTS, _INDENT = "points possible", "    "
_READ_ONLY = "(read only)"
_OTHERS = ("SIS User ID", "SIS Login ID", "Integration ID")
UNSCALED = "its points possible are empty, so the grades are written out of {}"
_TEST_STUDENT = {"student, test", "test student"}


def read(table: Table, column: str | None, max_score: int) -> Gradebook:
    """Find the assignment's column, its points and the students."""
    titles = header(table)
    if "ID" not in titles or not {"Student", "LastName"} & set(titles):
        raise UsageError("This is no gradebook from Canvas: it has no columns Student and ID.")
    id_column = only((n for n, t in enumerate(titles) if t == "ID"), "ID")
    rows = range(1, len(table.rows))
    above = _points(table, [r for r in rows if not table.value(r, id_column).strip()])
    grade = _column(table, titles, column, above)
    said = table.value(above[0], grade).strip() if above else ""
    locked = unscaled(said, "points possible") if said else ""
    most = number(said) or Decimal(0 if locked else max_score)
    note = UNSCALED.format(max_score) if above and not said else ""
    others = [n for n, t in enumerate(titles) if t in _OTHERS]
    lines = [_line(table, r, titles, id_column, others, grade, most, locked) for r in rows]
    students = tuple(line for line in lines if line is not None and line.row not in above)
    notes = (note,) if note else ()
    return Gradebook(SYSTEM, table, titles[grade], grade, grade, None, students, notes)


def _points(table: Table, rows: list[int]) -> list[int]:
    """The row of points possible, which is no student's; its name may be translated."""
    named = [r for r in rows if table.value(r, 0).strip().lower() == _POINTS]
    found = named or [r for r in rows if table.value(r, 0).startswith(_INDENT)]
    if len(found) > 1:
        raise UsageError("The gradebook has several rows of points possible.")
    return found


def _column(table: Table, titles: list[str], wanted: str | None, points: list[int]) -> int:
    """The column asked for, by header, title or id; or the only one that an assignment has."""
    known = {n: m for n, t in enumerate(titles) if (m := _ASSIGNMENT.fullmatch(t))}
    fillable = [n for n in known if not _read_only(table, points, n)]
    if wanted is None:
        if len(fillable) == 1:
            return _allowed(fillable[0], known[fillable[0]]["title"])
        listed = "".join(f"\n  {printable(titles[n])}" for n in fillable) or " none"
        raise UsageError(f"Name the assignment with --column; the gradebook has:{listed}")
    wanted = wanted.strip()
    for names in (
        {n: titles[n] for n in fillable},
        {n: m["title"] for n, m in known.items() if n in fillable},
        {n: m["id"] for n, m in known.items() if n in fillable},
    ):
        same = [n for n, name in names.items() if name == wanted]
        if same:
            column = only(same, printable(wanted))
            return _allowed(column, known[column]["title"])
    raise UsageError(
        f"The gradebook has no assignment {printable(wanted)} that can be filled; one is called "
        "`Title (id)`, and without the id Canvas makes a new assignment of it."
    )


def _read_only(table: Table, points: list[int], column: int) -> bool:
    return any(table.value(row, column).strip().lower() == _READ_ONLY for row in points)


def _allowed(column: int, title: str) -> int:
    if _IGNORED.fullmatch(title.strip()):
        raise UsageError(f"Canvas ignores a column called {title} without a word: rename it there.")
    return column


def _line(
    table: Table,
    row: int,
    titles: list[str],
    id_column: int,
    others: list[int],
    grade: int,
    most: Decimal,
    locked: str,
) -> Line | None:
    id = plain_id(table.value(row, id_column))
    first, second = table.value(row, 0), table.value(row, 1)
    name = f"{first}, {second}" if titles[0] == "LastName" else first
    name = name.strip().strip(",").strip()
    if not id and not name:
        return None  # `Manual Posting`, or a blank line
    if name.lower() in _TEST_STUDENT:
        locked = "Canvas's own test student"
    elif not id:
        locked = "the row has no ID"
    elif is_rounded(id):
        locked = f"a spreadsheet has rounded the ID to {id}; export the gradebook again"
    elif table.value(row, grade).strip().upper() == "EX":
        locked = "excused"
    elif len(table.rows[row]) <= grade:
        locked = "the row ends before the column"
    ids = frozenset(v for n in others if (v := plain_id(table.value(row, n)).lower()))
    return Line(row, id, name or id, name, ids, most, locked)
