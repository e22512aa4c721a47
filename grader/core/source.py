"""What a submission's source says: breaks ties between explanations and finds lines.

Trusted side. The text is hostile: it is parsed, never executed, and whatever goes wrong while
parsing leaves a source that was not analysed, never an error. Some questions that are asked of it
take time that grows with the square of its size, so a source that is long is not analysed either:
an honest one is ten times shorter, and only the wording and the lines of a report hang on it.
"""

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from grader.core.place import Cells, in_words

MAX_BYTES = 64 * 1024
MAX_NODES = 2_000
_Node = TypeVar("_Node", bound=ast.AST)


@dataclass(frozen=True)
class Source:
    """The nodes of the syntax tree in source order, each with its parents' chain.

    `text` is all of it as it was decoded, with the ends of its lines.
    """

    lines: tuple[str, ...]
    nodes: tuple[ast.AST, ...]
    parents: dict[ast.AST, ast.AST]
    cells: Cells = ()
    text: str = ""
    encoding: str = "utf-8"

    @classmethod
    def parse(cls, content: bytes, cells: Cells = ()) -> "Source":
        """Decode as Python does and parse; a source that is unreadable or long has no nodes."""
        if len(content) > MAX_BYTES:
            return cls((), (), {}, cells)
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
            text = content.decode(encoding)
            nodes, parents = _flatten(ast.parse(content))
        except (SyntaxError, MemoryError, RecursionError, ValueError, LookupError):
            return cls((), (), {}, cells)
        if len(nodes) > MAX_NODES:
            return cls((), (), {}, cells)
        return cls(tuple(text.splitlines()), nodes, parents, cells, text, encoding)

    def place(self, line: int) -> str:
        """Write where a line is: `line 12`, or `cell 3, line 2` of a notebook."""
        return in_words(line, self.cells)

    def find(self, *kinds: type[_Node]) -> Iterator[_Node]:
        """All nodes of some kinds, in source order."""
        return (node for node in self.nodes if isinstance(node, kinds))

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around a node, innermost first."""
        while (node := self.parents.get(node)) is not None:  # type: ignore[assignment]
            yield node


def _flatten(tree: ast.AST) -> tuple[tuple[ast.AST, ...], dict[ast.AST, ast.AST]]:
    """Walk without recursion (a deep tree would end in RecursionError), in source order."""
    nodes: list[ast.AST] = []
    parents: dict[ast.AST, ast.AST] = {}
    stack = [tree]
    while stack and len(nodes) <= MAX_NODES:
        node = stack.pop()
        nodes.append(node)
        children = [
            child
            for name in node._fields
            for child in _as_list(getattr(node, name, None))
            if isinstance(child, ast.AST)
        ]
        # Operators and contexts are shared singletons: they have no parent of their own.
        children = [c for c in children if not isinstance(c, (ast.expr_context, ast.operator))]
        parents.update(dict.fromkeys(children, node))
        stack.extend(reversed(children))
    return tuple(nodes), parents


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def shown(content: bytes) -> tuple[str, ...]:
    """The lines of a source for a person to read: what acts where it is shown is a `�`.

    Lines are those that Python counts, so that a report's line numbers fit.
    """
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = content.decode(encoding)
    except (SyntaxError, LookupError, ValueError):
        text = content.decode("utf-8", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(
        "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line.expandtabs(4))
        for line in (lines[:-1] if lines[-1] == "" else lines)
    )
