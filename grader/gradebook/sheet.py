"""What a gradebook's export says, whichever platform wrote it (trusted side)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from grader.core.errors import UsageError
from grader.gradebook.cells import Table

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?")
_FLOAT = re.compile(r"(\d+)[.,]0{1,2}")  # and not 1,000
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E[+]?\d+", re.I)
_QUOTED = re.compile(r'="(.*)"')  # how a spreadsheet is told that a number is a text
_THOUSANDS = re.compile(r"\d{1,3},\d{3}")  # or is it a decimal comma?
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """A student's row: who that is, the most points there, and why it must stay as it is.

    With 0 points nothing can be given there.
    """

    row: int
    id: str  # the platform's own
    shown: str  # what the student is called in messages
    name: str  # the full name, where the gradebook tells
    others: frozenset[str]  # further ids: logins, numbers, addresses; in lower case
    most: Decimal
    locked: str = ""


@dataclass(frozen=True)
class Gradebook:
    """A table, the columns to fill, and its students."""

    system: str
    table: Table
    title: str
    grade: int
    scale: int  # the column that tells the most points
    comment: int | None
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()  # what could not be told from the table

    def written(self, score: Decimal | int, max_score: Decimal | int, line: Line) -> str:
        """A score on the gradebook's scale, with two decimals at most, and its decimal sign."""
        scaled = line.most * score / max_score
        text = format(scaled.quantize(_CENT, ROUND_HALF_UP), "f").rstrip("0").rstrip(".")
        return text.replace(".", ",") if self._has_comma() else text

    def _has_comma(self) -> bool:
        """Tell by the numbers of these columns, or else of all, or else by the delimiter."""
        own = self._signs({self.grade, self.scale})
        signs = own or self._signs(None)
        return "." not in signs and ("," in signs or self.table.delimiter == ";")

    def _signs(self, columns: set[int] | None) -> set[str]:
        """The decimal signs that occur."""
        cells = (
            cell.value.strip()
            for row in self.table.rows[1:]
            for column, cell in enumerate(row)
            if columns is None or column in columns
        )
        return {sign for text in cells if _NUMBER.fullmatch(text) for sign in ".," if sign in text}


def number(text: str) -> Decimal | None:
    """A number with a decimal point or comma; None for anything else, and for 1,000."""
    text = text.strip()
    if _THOUSANDS.fullmatch(text):
        return None
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def plain_id(text: str) -> str:
    """An id as the platform wrote it, where a spreadsheet has made 1001.0 or ="1001" of it."""
    text = text.strip()
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[1].strip()
    text = text.removeprefix("'")
    known = _FLOAT.fullmatch(text)
    return known[1] if known else text


def is_rounded(text: str) -> bool:
    """Tell an id of which a spreadsheet has dropped digits: 1.23457E+11."""
    return _ROUNDED.fullmatch(text.strip()) is not None


def unscaled(text: str, what: str) -> str:
    """Why no grade can be scaled to what a cell says is the most; nothing where one can."""
    most = number(text)
    said = text.strip()
    if most:
        return ""
    if most is not None:
        return f"the {what} is 0, so that every grade would be 0; set it on the platform"
    if not said:
        return f"the {what} is empty; set it on the platform"
    return f"the {what} is {said!r}, which is no number of points"


def header(table: Table) -> list[str]:
    """The titles of the columns."""
    return [cell.value.strip() for cell in table.rows[0]] if table.rows else []


def only(columns: Iterable[int], what: str) -> int:
    """The one column of a kind; raises UsageError for none and for several."""
    found = list(columns)
    if len(found) != 1:
        count = "no column" if not found else "several columns"
        raise UsageError(f"The gradebook has {count} for {what}.")
    return found[0]
