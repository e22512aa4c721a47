"""A program as a sequence of syntax, and its fingerprints (pure, trusted side).

Winnowing, after Schleimer, Wilkerson and Aiken (2003): of all runs of nodes some are kept, so that
what two programs share is found wherever it stands.
"""

import ast
import builtins
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.core.source import Source

GRAM, WINDOW = 14, 5  # nodes of syntax in a fingerprint; so many lie beside each one that is kept
_BUILTINS = frozenset(dir(builtins))
_SKIPPED = (ast.Import, ast.ImportFrom, ast.alias, ast.expr_context)


@dataclass(frozen=True)
class Program:
    """The syntax of a source, node by node, and the line of each."""

    nodes: tuple[str, ...]
    lines: tuple[int, ...]

    def grams(self) -> list[tuple[bytes, int]]:
        """The digest of each run of nodes, and where it begins."""
        return [
            (_digest(self.nodes[start : start + GRAM]), start)
            for start in range(len(self.nodes) - GRAM + 1)
        ]

    def fingerprints(self) -> dict[bytes, list[int]]:
        """Of any so many digests side by side the smallest, and where each is."""
        grams, kept = self.grams(), defaultdict[bytes, list[int]](list)
        for start in range(max(1, len(grams) - WINDOW + 1) if grams else 0):
            digest, place = min(grams[start : start + WINDOW], key=lambda g: (g[0], -g[1]))
            if place not in kept[digest]:
                kept[digest].append(place)
        return kept

    def spans(self, places: Iterable[int]) -> tuple[tuple[int, int], ...]:
        """The lines that some runs of nodes cover, those side by side as one."""
        covered = sorted({ln for p in places for ln in self.lines[p : p + GRAM]})
        spans: list[tuple[int, int]] = []
        for line in covered:
            if spans and line <= spans[-1][1] + 1:
                spans[-1] = (spans[-1][0], line)
            else:
                spans.append((line, line))
        return tuple(spans)


def program(text: str) -> Program:
    """Read a source; what is no Python, or long, has no nodes."""
    source = Source.parse(text.encode("utf-8", "replace"))
    bound = {name for node in source.nodes for name in _bound(node)}
    nodes, lines, line = [], [], 1
    left_out: set[ast.AST] = set()
    for node in source.nodes:
        line = getattr(node, "lineno", line)
        parent = source.parents.get(node)
        if parent in left_out or isinstance(node, _SKIPPED) or _is_note(node, parent):
            left_out.add(node)
            continue
        nodes.append(_word(node, bound))
        lines.append(line)
    return Program(tuple(nodes), tuple(lines))


def _is_note(node: ast.AST, parent: ast.AST | None) -> bool:
    """Tell a docstring and an annotation, which do nothing."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(parent, ast.arg | ast.AnnAssign):
        return node is parent.annotation
    return isinstance(parent, ast.FunctionDef) and node is parent.returns


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a node gives to something of the student's own."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name


def _word(node: ast.AST, bound: set[str]) -> str:
    """A node in a word: its kind, and what is no name of the student's own."""
    kind = type(node).__name__
    if isinstance(node, ast.Name):
        return "name" if node.id in bound and node.id not in _BUILTINS else f"name {node.id}"
    if isinstance(node, ast.Attribute):
        return f"{kind} {'own' if node.attr in bound else node.attr}"
    if isinstance(node, ast.Constant):
        return f"{kind} {'' if isinstance(node.value, str) else repr(node.value)[:40]}"
    if isinstance(node, ast.keyword):
        return f"{kind} {'own' if node.arg in bound else node.arg}"
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.UnaryOp | ast.BoolOp):
        return f"{kind} {type(node.op).__name__}"
    if isinstance(node, ast.Compare):
        return f"{kind} {' '.join(type(op).__name__ for op in node.ops)}"
    return kind


def _digest(nodes: Sequence[str]) -> bytes:
    return hashlib.blake2b("\0".join(nodes).encode("utf-8", "replace"), digest_size=8).digest()
