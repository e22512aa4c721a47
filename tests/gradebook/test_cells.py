"""A CSV file keeps every byte but those of the cells that are changed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.errors import UsageError
from grader.gradebook.cells import Table

# What matters to a reader of CSV, often; and anything else.
ODD = st.text(st.sampled_from('",;\t\r\n= aé€\u202e\0'), max_size=40)
TEXT = ODD | st.text(max_size=40)
DELIMITERS = st.sampled_from([",", ";", "\t"])


def as_csv_reads(text: str, delimiter: str) -> list[list[str]]:
    """What Python's csv module reads."""
    lines = io.StringIO(text, newline="")
    return list(csv.reader(lines, delimiter=delimiter, strict=True))


def values(table: Table) -> list[list[str]]:
    """What a table holds."""
    return [[cell.value for cell in row] for row in table.rows]


def read(data: bytes, delimiter: str | None) -> Table | None:
    """A table, or None where the file is damaged."""
    try:
        return Table.read(data, delimiter)
    except UsageError:
        return None


@given(st.binary(max_size=60) | TEXT.map(str.encode), DELIMITERS | st.none())
def test_nothing_changed_is_the_same_bytes(data: bytes, delimiter: str | None) -> None:
    """Any bytes that can be read at all are written again as they were."""
    table = read(data, delimiter)
    if table is not None:
        assert table.changed({}) == data


@given(TEXT.filter(lambda t: not t.startswith("\ufeff")), DELIMITERS)
def test_cells_are_those_of_the_csv_module(text: str, delimiter: str) -> None:
    """Quotes, line ends, empty lines and damage are seen as Python's csv module sees them."""
    table = read(text.encode(), delimiter)
    try:
        expected = as_csv_reads(text, delimiter)
    except csv.Error:
        assert table is None
    else:
        assert table is not None
        assert values(table) == expected


@given(st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=4), TEXT, st.data())
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_one_cell_changed_changes_its_bytes_alone(
    delimiter: str, bom: str, quoting: int, rows: list[list[str]], value: str, data: st.DataObject
) -> None:
    """Before and behind the cell every byte stays, and the csv module reads the new value."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)
    before = (bom + text.getvalue()).encode("utf-8")
    table = Table.read(before, delimiter)
    filled = [n for n, row in enumerate(table.rows) if row]
    row = data.draw(st.sampled_from(filled))
    column = data.draw(st.integers(0, len(table.rows[row]) - 1))
    cell = table.rows[row][column]
    after = table.changed({(row, column): value})
    head, tail = table.text[: cell.start].encode(), table.text[cell.end :].encode()
    assert after.startswith(head)
    assert after.endswith(tail)
    expected = as_csv_reads(table.text.removeprefix("\ufeff"), delimiter)
    expected[row][column] = value
    assert as_csv_reads(after.decode().removeprefix("\ufeff"), delimiter) == expected


def test_the_law_can_fail() -> None:
    """Writing the same rows with the csv module loses quotes and line ends."""
    before = b'\xef\xbb\xbf"Student",ID\n"Doe, J",1\r\n'
    text = io.StringIO(newline="")
    csv.writer(text).writerows(as_csv_reads(before.decode("utf-8-sig"), ","))
    assert text.getvalue().encode() != before
    assert Table.read(before).changed({(1, 1): "2"}) == before.replace(b"1\r", b"2\r")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_encoding_stays(encoding: str) -> None:
    """A file in any usual encoding keeps it, and what it cannot say becomes a question mark."""
    before = "Student;ID\r\nDöe;1\r\n".encode(encoding)
    table = Table.read(before)
    assert (table.delimiter, table.value(1, 0)) == (";", "Döe")
    after = table.changed({(1, 1): "2 €"}).decode(encoding)
    assert after.startswith("Student;ID\r\nDöe;2 ")


def test_quote_that_is_never_closed_is_refused() -> None:
    """A damaged file has no cells that could be told from each other."""
    with pytest.raises(UsageError, match="never closed"):
        Table.read(b'Student,ID\n"Doe,1\n')
    with pytest.raises(UsageError, match="behind a closing quote"):
        Table.read(b'Student,ID\n"Doe"x,1\n')
