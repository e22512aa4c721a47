"""A CSV file of which single cells are changed, and not one byte besides (trusted side).

The text is cut into cells as the csv module cuts it, and each cell knows where it stands; a change
is spliced in there. So quotes, line ends, a byte order mark, and what is odd stay as they were.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from grader.core.errors import UsageError

DELIMITERS = tuple(",;\t")
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_BOM = "\ufeff"
_FIRST = re.compile(r'"(?:[^"]|"")*+"|[^,;\t\r\n"]*')
_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class Cell:
    """A value, and where it stands in the text, with its quotes."""

    value: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True)
class Table:
    """The rows of a file, and all that is needed to write it again."""

    text: str
    encoding: str
    delimiter: str
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def read(cls, data: bytes, delimiter: str | None = None) -> "Table":
        """Cut a file into cells; the delimiter is the one that ends the first of them."""
        encoding, text = _decoded(data)
        position, rows = int(text.startswith(_BOM)), []
        if delimiter is None:
            first = _FIRST.match(text, position)
            after = text[first.end() : first.end() + 1] if first else ""
            delimiter = after if after in DELIMITERS else ","
        while position < len(text):
            row, position = _row(text, position, delimiter)
            rows.append(row)
        return cls(text, encoding, delimiter, tuple(rows))

    def value(self, row: int, column: int) -> str:
        """What a cell says; nothing where a row ends before it."""
        cells = self.rows[row]
        return cells[column].value if column < len(cells) else ""

    def changed(self, values: Mapping[tuple[int, int], str]) -> bytes:
        """Give the file with other values in some cells (row, column)."""
        parts, position = [], 0
        for row, column in sorted(values):
            cell = self.rows[row][column]
            alone = len(self.rows[row]) == 1
            parts += [
                self.text[position : cell.start],
                self._written(values[row, column], cell.quoted, alone),
            ]
            position = cell.end
        return "".join((*parts, self.text[position:])).encode(self.encoding, "replace")

    def _written(self, value: str, quoted: bool, alone: bool) -> str:
        """A value as it is written: in quotes where there were some, or where it needs them."""
        special = any(c in value for c in (self.delimiter, '"', "\r", "\n"))
        outside = value != value.strip() or (alone and not value)
        if quoted or special or outside:
            return '"' + value.replace('"', '""') + '"'
        return value


def _decoded(data: bytes) -> tuple[str, str]:
    """A file's text, and the encoding in which it gives the same bytes again."""
    for encoding in (_UTF_16.get(data[:2], "utf-8"), "utf-8"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if text.encode(encoding) == data:
            return encoding, text
    return "latin-1", data.decode("latin-1")


def _row(text: str, position: int, delimiter: str) -> tuple[tuple[Cell, ...], int]:
    """Cut one row; give its cells and where the next one starts. An empty line has no cells."""
    if newline := _NEWLINE.match(text, position):
        return (), newline.end()
    pattern = _field(delimiter)
    cells = []
    while True:
        field = pattern.match(text, position)
        if field is None:
            raise UsageError("The gradebook is damaged: a quote in it is never closed.")
        value = field[0] if field["inside"] is None else field["inside"].replace('""', '"')
        cells.append(Cell(value, *field.span(), field["inside"] is not None))
        position = field.end()
        if text.startswith(delimiter, position):
            position += 1
            continue
        newline = _NEWLINE.match(text, position)
        if newline is None and position < len(text):
            raise UsageError("The gradebook is damaged: text stands behind a closing quote.")
        return tuple(cells), newline.end() if newline else position


def _field(delimiter: str) -> re.Pattern[str]:
    plain = rf'(?!")[^{re.escape(delimiter)}\r\n]*+'
    return re.compile(rf'"(?P<inside>(?:[^"]|"")*+)"|{plain}')
