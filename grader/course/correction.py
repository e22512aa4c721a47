"""One correction, and the file that holds them all (trusted side).

    corrections = [
      {id = "ada", check = "hidden-cases", points = 10, reason = "...", sha256 = "...", ...},
    ]

A line is added to what is there, which stays as somebody may have edited it; a file that cannot be
read is refused and never written over.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from grader.core.errors import UsageError
from grader.core.files import write_whole
from grader.core.text import inert
from grader.course.lines import items

NAME = "corrections.toml"
MAX_BYTES = 16 * 2**20
HEAD = """\
# Written by `grader correct`, and applied by every command that tells a score. The last line on a
# check, or on a whole score, counts. Take a line out to take a correction back.
corrections = [
"""
Points = Annotated[float, msgspec.Meta(ge=0, le=1_000_000)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one submission is given, and why: points of a check, or one of three whole scores.

    `sha256` is the file that it was made for, and `automatic` the score that this file had.
    """

    id: str
    reason: Reason
    check: str = ""
    points: Points | None = None
    score: Points | None = None
    excused: bool = False
    by_hand: Points | None = None
    by: str = ""
    sha256: str = ""
    automatic: int | None = None
    line: int = 0  # where it stands; not in the file

    @property
    def about(self) -> str:
        """What it is about: two corrections about the same are one, the later."""
        return self.check or "score"

    @property
    def problem(self) -> str:
        """Why it is no correction, if it is none."""
        whole = sum((self.score is not None, self.excused, self.by_hand is not None))
        if (self.points is not None) != bool(self.check):
            return "`check` and `points` go together"
        if whole + bool(self.check) != 1:
            return "it has to be one of: check and points, score, excused, by_hand"
        return "" if self.reason.strip() else "the reason is empty"


def read(folder: Path) -> tuple[Correction, ...]:
    """Read the corrections of a bulk run; raises UsageError naming the line of a damaged one."""
    path = folder / NAME
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"{path} is larger than {MAX_BYTES:,} bytes.")
    return parse(data, str(path))


def parse(data: bytes, shown: str) -> tuple[Correction, ...]:
    """Read corrections from bytes."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        table = tomllib.loads(text)
    except (UnicodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{shown} is damaged: {inert(str(error))}.") from None
    listed = table.pop("corrections", [])
    if table or not isinstance(listed, list):
        raise UsageError(f"{shown} is damaged: it holds nothing but an array `corrections`.")
    lines = items(text)
    known = len(lines) == len(listed)
    found = []
    for number, item in enumerate(listed):
        line = lines[number] if known else 0
        try:
            each = msgspec.convert(item, Correction)
            problem = each.problem
        except msgspec.ValidationError as error:
            problem = str(error)
        if not problem and each.line:
            problem = "there is no key `line`"
        if problem:
            where = f", line {line}" if line else f", correction {number + 1}"
            raise UsageError(f"{shown}{where}: {inert(problem)}.")
        found.append(msgspec.structs.replace(each, line=line))
    return tuple(found)


def add(folder: Path, new: Correction) -> int:
    """Add a correction; gives its line. The file is whole at every moment."""
    path = folder / NAME
    before = read(folder)
    text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    added = with_line(text, new)
    try:
        after = parse(added.encode(), str(path))
    except UsageError:
        after = ()
    plain = [msgspec.structs.replace(c, line=0) for c in (*before, new)]
    if [msgspec.structs.replace(c, line=0) for c in after] != plain:
        raise UsageError(f"{path} does not end with its array: put `]` alone on its last line.")
    write_whole(path, added.encode())
    return after[-1].line


def with_line(text: str, new: Correction) -> str:
    """The file's text with one more line before the bracket that ends it."""
    kept = text.rstrip()
    if not kept or "corrections" not in tomllib.loads(text):
        return f"{text}{HEAD}  {inline(new)},\n]\n"
    kept = kept.removesuffix("]").rstrip()
    comma = "" if kept.endswith((",", "[")) else ","
    return f"{kept}{comma}\n  {inline(new)},\n]\n"


def inline(correction: Correction) -> str:
    """A correction as an inline table."""
    fields: Mapping[str, object] = msgspec.to_builtins(correction)
    parts = [f"{k} = {_value(v)}" for k, v in fields.items() if k != "line" and v is not None]
    return "{" + ", ".join(parts) + "}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return string(value) if isinstance(value, str) else str(value)


def string(text: str) -> str:
    """A basic string of TOML: on one line, and nothing in it acts in a terminal or an editor."""
    return '"' + "".join(map(_character, text)) + '"'


def _character(c: str) -> str:
    if c in '"\\':
        return f"\\{c}"
    if c.isprintable():
        return c
    if 0xD800 <= ord(c) < 0xE000:
        return "\\uFFFD"  # a lone surrogate is no character of TOML
    return f"\\u{ord(c):04X}" if ord(c) < 0x10000 else f"\\U{ord(c):08X}"


def of(corrections: Sequence[Correction], id: str) -> tuple[Correction, ...]:
    """The corrections of one submission that count: the last of each kind, in order.

    Raises UsageError where a check is corrected that a whole score before it has settled.
    """
    counted: dict[str, Correction] = {}
    for each in corrections:
        if each.id != id:
            continue
        if each.check and "score" in counted:
            raise UsageError(
                f"{NAME}, line {each.line}: {id} has a whole score from line "
                f"{counted['score'].line}, so that its check {each.check} counts no more: take one "
                "of the lines out."
            )
        if not each.check:
            counted = {}
        counted.pop(each.about, None)
        counted[each.about] = each
    return tuple(counted.values())
