"""The top-level statements of a notebook, and which of them a name needs (trusted side).

Cells are in the order in which they ran, or would run. A name stands for its latest definition; one
that is read while a statement runs, for the latest before that. A function that is read then may be
called then, or later under another name. What nothing needs is left out: no training loop runs
again.
"""

import ast
import builtins
import difflib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from grader.notebook.file import Cell, NotebookError
from grader.notebook.magics import parse, plain
from grader.notebook.names import Names, of_statement

MAX_CODE = 128 * 1024  # characters of code, which is parsed
MAX_STATEMENTS = 5_000
MAX_STEPS = 200_000  # from a name to one that it needs
# What a cell that Python cannot read seems to define: it is shown rather than left out.
_DEFINES = re.compile(
    r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]+)?=[^=]", re.M
)


@dataclass(frozen=True)
class Statement:
    """A top-level statement: its cell (by place), its text, where it begins, and its names."""

    cell: int
    line: int
    text: str
    names: Names
    node: ast.stmt | None  # None: a whole cell that Python cannot read


@dataclass
class Notebook:
    """The statements of all cells, and where each name is bound; `future` are its imports."""

    cells: Sequence[Cell]
    statements: list[Statement] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    stars: list[int] = field(default_factory=list)
    future: dict[str, None] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Sequence[Cell], *, ran: bool = False) -> "Notebook":
        """Take cells apart; of cells that `ran`, one that Python cannot read did not.

        Raises NotebookError for more code than a person writes.
        """
        made = cls(cells)
        if sum(len(cell.text) for cell in cells) > MAX_CODE:
            raise NotebookError(f"its cells hold more than {MAX_CODE:,} characters of code")
        for place, cell in enumerate(cells):
            text = plain(cell.text)
            tree = parse(text)
            if tree is not None:
                lines = text.split("\n")
                for node in tree.body:
                    made._add(place, node, lines)
            elif not ran:
                names = {a or b for a, b in _DEFINES.findall(text)}
                made._append(Statement(place, 1, text, Names(frozenset(names)), None))
        return made

    def _add(self, cell: int, node: ast.stmt, lines: list[str]) -> None:
        if len(self.statements) >= MAX_STATEMENTS:
            raise NotebookError(f"its cells hold more than {MAX_STATEMENTS:,} statements")
        line, text = _segment(node, lines)
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            self.future |= dict.fromkeys(alias.name for alias in node.names)
            return
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            self.stars.append(len(self.statements))
        self._append(Statement(cell, line, text, of_statement(node, text), node))

    def _append(self, statement: Statement) -> None:
        for name in statement.names.bound:
            self.places[name].append(len(self.statements))
        self.statements.append(statement)

    def definition(self, name: str) -> Statement | None:
        """The latest statement that binds a name."""
        places = self.places.get(name)
        return self.statements[places[-1]] if places else None

    def like(self, name: str) -> str | None:
        """A function or class of nearly that name, and not of that name itself."""
        defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        names = [s.node.name for s in self.statements if isinstance(s.node, defined)]
        names = [other for other in names if other != name]
        return next(iter(difflib.get_close_matches(name, names, n=1, cutoff=0.6)), None)

    def needed(self, name: str) -> list[Statement]:
        """The statements that a name needs, in order; none where nothing binds it."""
        calls = defaultdict[int, int](int)  # before which places a value may be called, as bits
        fresh, stars = dict[int, int](), set[int]()  # calls that are not followed yet
        steps = 0

        def want(read: str, before: int, called: int) -> None:
            nonlocal steps
            steps += 1
            if steps > MAX_STEPS:
                raise NotebookError("its definitions hang together in too many ways")
            places = self.places.get(read, [])
            index = bisect_left(places, before) - 1
            if index >= 0:
                found = places[index]
                if new := called & ~calls[found]:
                    calls[found] |= new
                    fresh[found] = fresh.get(found, 0) | new
            elif read != name and not hasattr(builtins, read):
                stars.update(star for star in self.stars if star < before)

        want(name, len(self.statements), 1 << len(self.statements))
        while fresh:
            found = max(fresh)  # what it reads now stands before it
            called = fresh.pop(found)
            names = self.statements[found].names
            for read in names.now:  # called now, or handed on and called later
                want(read, found, called | 1 << found)
            for before in _places(called) if names.later else ():
                for read in names.later:
                    want(read, before, 1 << before)
        return [self.statements[place] for place in sorted(stars.union(calls))]


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _segment(node: ast.stmt, lines: Sequence[str]) -> tuple[int, str]:
    """The first line of a statement and its text; columns count bytes, as the parser's do."""
    line, column = node.lineno, node.col_offset
    if decorators := getattr(node, "decorator_list", []):
        line, column = min(d.lineno for d in decorators), 0
    last = node.end_lineno or line
    own = [text.encode() for text in lines[line - 1 : last]]
    own[-1] = own[-1][: node.end_col_offset]
    own[0] = own[0][column:]
    return line, b"\n".join(own).decode()
