"""A grading worksheet that Moodle exported, in whatever language the site speaks (trusted side).

Its columns are found by what they hold and how they stand to each other; known titles help.
"""

import re
from collections import Counter
from decimal import Decimal

from grader.core.errors import UsageError
from grader.gradebook.cells import Table
from grader.gradebook.sheet import Gradebook, Line, header, number, plain_id, unscaled
from grader.gradebook.words import COMMENT, MAXIMUM, NAME, NO, YES

SYSTEM = "moodle"
_IDENTIFIER = re.compile(r"(?P<word>\D*[^\W\d]\D*?)\s*(?P<id>\d+)")
NO_COMMENTS = "no column is known to hold comments, so none is written"
NO_LOCKS = "no column is known to say which grades can be changed, so all are filled"
_NO_WORKSHEET = "This is no grading worksheet from Moodle: "


def read(table: Table, column: str | None, _max_score: int) -> Gradebook:
    """Find the columns and the participants."""
    if column is not None:
        raise UsageError("A worksheet of Moodle has one assignment; --column is for Canvas.")
    titles = [title.lower() for title in header(table)]
    rows = [r for r in range(1, len(table.rows)) if table.rows[r]]
    ids = _ids(table, rows)
    maximum = _maximum(table, titles, rows)
    grade = maximum - 1
    name = next((n for n in range(grade) if titles[n] in NAME), None)
    comment = _comment(titles, maximum)
    changeable = _changeable(table, rows, maximum, len(titles))
    lines = []
    for row in rows:
        most = number(table.value(row, maximum)) or Decimal(0)
        locked = unscaled(table.value(row, maximum), "maximum grade")
        if changeable is not None and table.value(row, changeable).strip().lower() in NO:
            locked = "its grade cannot be changed"
        if len(table.rows[row]) <= max(grade, comment or 0):
            locked = "the row ends before the column"
        shown = table.value(row, 0 if name is None else name).strip()
        others = {plain_id(table.value(row, n)).lower() for n in range(1, grade) if n != name}
        keys = frozenset(other for other in others if _is_id(other))
        full = "" if name is None else shown
        lines.append(Line(row, ids.get(row, ""), shown, full, keys, most, locked))
    notes = (NO_COMMENTS if comment is None else "", NO_LOCKS if changeable is None else "")
    return Gradebook(
        SYSTEM,
        table,
        header(table)[grade],
        grade,
        maximum,
        comment,
        tuple(lines),
        tuple(filter(None, notes)),
    )


def _ids(table: Table, rows: list[int]) -> dict[int, str]:
    """The participants' numbers by row: the first column says `Participant 12`, translated."""
    known = {r: _IDENTIFIER.fullmatch(table.value(r, 0).strip()) for r in rows}
    words = Counter(match["word"] for match in known.values() if match)
    if not words or 2 * words.total() <= len(rows):
        raise UsageError(f"{_NO_WORKSHEET}its first column is no `Participant 12`.")
    word = words.most_common(1)[0][0]
    return {r: match["id"] for r, match in known.items() if match and match["word"] == word}


def _maximum(table: Table, titles: list[str], rows: list[int]) -> int:
    """The column of maximum grades, which is behind that of grades."""
    titled = [n for n, title in enumerate(titles) if title in MAXIMUM]
    found = titled or [n for n in range(2, len(titles)) if _is_maximum(table, n, rows)]
    found = [n for n in found if n > 1 and (n in titled or _is_grades(table, n - 1, rows))]
    if len(found) != 1:
        count = "no column" if not found else "several columns"
        raise UsageError(f"{_NO_WORKSHEET}it has {count} with a maximum grade behind a grade.")
    return found[0]


def _is_maximum(table: Table, column: int, rows: list[int]) -> bool:
    values = {table.value(r, column).strip() for r in rows}
    return len(values) == 1 and bool(number(values.pop()))


def _is_grades(table: Table, column: int, rows: list[int]) -> bool:
    values = {table.value(r, column).strip() for r in rows}
    return all(value in ("", "-") or number(value) is not None for value in values)


def _changeable(table: Table, rows: list[int], maximum: int, width: int) -> int | None:
    """The column that says whether a grade can be changed: yes or no, translated."""
    for column in range(maximum + 1, min(maximum + 3, width)):
        if {table.value(r, column).strip().lower() for r in rows} <= YES | NO:
            return column
    return None


def _comment(titles: list[str], maximum: int) -> int | None:
    """The column of feedback comments: the last whose title says so."""
    titled = [n for n, t in enumerate(titles) if n > maximum and any(word in t for word in COMMENT)]
    return titled[-1] if titled else None


def _is_id(text: str) -> bool:
    """Tell an id number or an address from a status or a group, which are words."""
    return "@" in text or any(c.isdigit() for c in text)
