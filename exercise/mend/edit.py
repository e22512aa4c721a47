"""A change of a program's text at the place of a node; all else stays, byte for byte.

Columns of the syntax tree count bytes of UTF-8, whatever the file is written in.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from grader.core.source import Source
from grader.core.text import clean

_END = re.compile(rb"\r\n|\r|\n")
MOST = 40  # characters of a piece of code that a sentence quotes


_Node = TypeVar("_Node", bound=ast.AST)


def placed(source: Source, *kinds: type[_Node]) -> Iterator[_Node]:
    """Nodes of some kinds that have a place in the text; inside an f-string they have none."""
    for node in source.find(*kinds):
        if not any(isinstance(above, ast.JoinedStr) for above in source.above(node)):
            yield node


@dataclass(frozen=True)
class Edit:
    """What stands between two places (bytes of the text) becomes something else."""

    start: int
    end: int
    new: str


class Text:
    """A source's text by the places of its nodes."""

    def __init__(self, source: Source) -> None:
        """Find where its lines start."""
        self._source = source
        self._bytes = source.text.encode("utf-8", "surrogatepass")
        self._starts = [0, *(end.end() for end in _END.finditer(self._bytes))]

    def span(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        """Where a node starts and ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        return start, self._starts[node.end_lineno - 1] + node.end_col_offset

    def of(self, node: ast.expr | ast.keyword) -> str:
        """A node as it is written."""
        start, end = self.span(node)
        return self._bytes[start:end].decode("utf-8", "replace")

    def quoted(self, node: ast.expr | ast.keyword) -> str:
        """A node as a sentence quotes it: on one line, and short."""
        text = clean(self.of(node), MOST + 1)
        return text if len(text) <= MOST else f"{text[: MOST - 3]}..."

    def replaced(self, node: ast.expr | ast.keyword, new: str) -> Edit:
        """The edit that puts something else in the place of a node."""
        return Edit(*self.span(node), new)

    def without(self, keyword: ast.keyword) -> Edit:
        """The edit that takes an argument away, with the comma before it or after it."""
        start, end = self.span(keyword)
        before, after = self._bytes[:start].rstrip(), self._bytes[end:]
        if before.endswith(b","):
            return Edit(len(before) - 1, end, "")
        rest = after.lstrip()
        if rest[:1] == b",":
            end += len(after) - len(rest[1:].lstrip(b" "))
        return Edit(start, end, "")

    def given(self, call: ast.Call, new: str) -> Sequence[Edit]:
        """Edits each of which gives a call one more argument; the first one that parses is it."""
        given: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
        close = self.span(call)[1] - 1
        if not given:
            return (Edit(close, close, new),)
        last = max(map(self.span, given))[1]
        return Edit(last, last, f", {new}"), Edit(close, close, f", {new}"), Edit(close, close, new)

    def changed(self, edits: Iterable[Edit]) -> bytes | None:
        """The program with edits made; None where the outcome is no program."""
        text = self._bytes
        for edit in sorted(edits, key=lambda e: e.start, reverse=True):
            lines = len(_END.findall(text[edit.start : edit.end]))  # so that all others stay
            text = text[: edit.start] + edit.new.encode() + b"\n" * lines + text[edit.end :]
        try:
            decoded = text.decode("utf-8", "surrogatepass")
            content = decoded.encode(self._source.encoding)
        except (UnicodeError, LookupError):
            return None
        return content if Source.parse(content).nodes else None
