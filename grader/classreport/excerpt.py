"""The lines of a source that matter, without what tells whose they are (pure, trusted side)."""

import ast
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from grader.classreport.anonymous import Mask
from grader.classreport.strip import LEFT_OUT

AROUND = 1  # lines before and after the one that matters
LONGEST = 24  # lines of a whole function


@dataclass(frozen=True)
class Excerpt:
    """Some lines of a source, and which of them it is about, from 0; None for no single one."""

    lines: tuple[str, ...]
    marked: int | None = None


def around(source: tuple[str, ...], line: int | None, mask: Mask) -> Excerpt | None:
    """The line that matters and those around it; None where no line is known."""
    stripped = mask.source(source)
    if line is None or not 0 < line <= len(stripped):
        return None
    first = line - 1
    for _ in range(AROUND):
        first = next((n for n in range(first - 1, -1, -1) if _says(stripped[n])), first)
    kept = [n for n in range(first, len(stripped)) if n == line - 1 or _says(stripped[n])]
    kept = kept[: kept.index(line - 1) + 1 + AROUND]
    return Excerpt(_dedented([stripped[n] for n in kept]), kept.index(line - 1))


def function(source: tuple[str, ...], name: str, mask: Mask) -> Excerpt | None:
    """A whole function; None where there is none of that name."""
    try:
        tree = ast.parse("\n".join(source))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    found = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name]
    stripped = mask.source(source)
    if not found or not stripped:
        return None
    lines = stripped[found[-1].lineno - 1 : found[-1].end_lineno]
    said = [line for line in lines if _says(line)]
    more = [f"    {LEFT_OUT}"] if len(said) > LONGEST else []
    return Excerpt(_dedented([*said[:LONGEST], *more]))


def _says(line: str) -> bool:
    return line.strip() not in ("", f'"{LEFT_OUT}"')


def _dedented(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(textwrap.dedent("\n".join(lines)).split("\n"))
