"""Where a line is, as a person finds it: in a file, or in a cell of a notebook (trusted side).

A notebook's source is put together of cells, so a line of it belongs to the last cell that begins
at or before it.
"""

from collections.abc import Sequence

Cells = Sequence[tuple[int, int]]  # a cell's number, and its first line in the source


def in_words(line: int, cells: Cells = ()) -> str:
    """Write `line 12`, or `cell 3, line 2`."""
    number, first = _cell(line, cells)
    return f"cell {number}, line {line - first + 1}" if number else f"line {line}"


def in_file(name: str, line: int, cells: Cells = ()) -> str:
    """Write `mine.py:12`, or `mine.ipynb cell 3, line 2`."""
    return f"{name} {in_words(line, cells)}" if cells else f"{name}:{line}"


def within(line: int, cells: Cells = ()) -> int:
    """The number that an editor shows beside a line."""
    return line - _cell(line, cells)[1] + 1


def _cell(line: int, cells: Cells) -> tuple[int, int]:
    """The cell of a line and its first line; 0 and 1 where no cell holds it."""
    return next((cell for cell in reversed(cells) if cell[1] <= line), (0, 1))
