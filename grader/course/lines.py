"""The line at which a key stands in a TOML file, for messages (pure, trusted side).

`tomllib` tells no lines of what it has read without an error, so the keys are looked for again.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence

_PART = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")
_TABLE = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]")
_ITEM = re.compile(r"\s*\{")


def line_of(text: str, path: Sequence[str]) -> int | None:
    """The line of a key, or else of what is around it; None where neither is found."""
    lines = dict(_keys(text))
    wanted = tuple(path)
    while wanted and wanted not in lines:
        wanted = wanted[:-1]
    return lines.get(wanted)


def items(text: str) -> list[int]:
    """The lines that begin with an inline table: one item of an array each."""
    return [number for number, line in enumerate(text.splitlines(), 1) if _ITEM.match(line)]


def _keys(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if found := _TABLE.match(line):
            table = _parts(found[1])
            yield table, number
        elif found := _KEY.match(line):
            yield (*table, *_parts(found[1])), number


def _parts(dotted: str) -> tuple[str, ...]:
    """The parts of a dotted key, as TOML itself reads them."""
    try:
        value: object = tomllib.loads(f"{dotted} = 0")
    except tomllib.TOMLDecodeError:
        return (dotted,)
    parts = []
    while isinstance(value, dict):
        ((key, value),) = value.items()
        parts.append(key)
    return tuple(parts)
