"""From the statements that a function needs to a source with the lines of its cells (trusted side).

A cell is one stretch of the source: what is not needed of it is left empty, so that lines can be
counted in either.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from grader.notebook.statements import Notebook, Statement

HEADER = "# What {} needs of the notebook's cells."


@dataclass(frozen=True)
class Extracted:
    """A source, and where each of its cells begins in it: the cell's number, the first line."""

    source: str
    cells: tuple[tuple[int, int], ...]


def extract(notebook: Notebook, function: str) -> Extracted:
    """Give the source that a function needs; without one, that of a function nearly so called."""
    kept = notebook.needed(function)
    if not kept and (like := notebook.like(function)):
        kept = notebook.needed(like)
    head = HEADER.format(function)
    if notebook.future:
        head = f"from __future__ import {', '.join(notebook.future)}"
    lines, cells = [head], []
    for place, own in groupby(kept, lambda statement: statement.cell):
        cells.append((notebook.cells[place].number, len(lines) + 1))
        lines += _laid_out(own)
    return Extracted("\n".join(lines) + "\n", tuple(cells))


def statements_in_place(notebook: Notebook, function: str) -> str:
    """Give what a function needs of a notebook of one cell, line by line; empty without any."""
    kept = notebook.needed(function)
    lines = _laid_out(kept)
    if kept and notebook.future:
        head = f"from __future__ import {', '.join(notebook.future)}"
        lines[0] = f"{head}; {lines[0]}" if lines[0] else head
    return "".join(f"{line}\n" for line in lines)


def _laid_out(statements: Iterable[Statement]) -> list[str]:
    """Put statements of one cell on the lines where they stood."""
    lines: list[str] = []
    for statement in statements:
        lines += [""] * (statement.line - 1 - len(lines))
        first, *rest = statement.text.split("\n")
        if len(lines) >= statement.line:  # two on a line
            lines[-1] = f"{lines[-1]}; {first}"
        else:
            lines.append(first)
        lines += rest
    return lines
