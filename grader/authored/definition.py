"""`exercise.toml`: the public half of an exercise, as its author writes it (trusted side)."""

import ast
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from grader.core.errors import UsageError
from grader.core.exercise import FaultPage

NAME = "exercise.toml"
STEP_POINTS, RUNS, FORM, PUBLIC, HIDDEN = 50, 10, 10, 15, 15
WHERE = "What does this line give, and which step of the task is it?"
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TABLE = re.compile(r"^\s*\[+\s*(?P<name>[^\]]+?)\s*\]+", re.M)


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of a pitfall; `what` and `where` are derived where they are not given."""

    title: str
    hint: str
    why: str
    wrong: str
    right: str
    what: str = ""
    where: str = WHERE

    def page(self) -> FaultPage:
        """Its page."""
        what = self.what or f"{self.title[:1].upper()}{self.title[1:]}."
        return FaultPage(self.title, self.hint, what, self.why, self.wrong, self.right)


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of the file. `checks` are the steps' titles, in the order in which points are earned."""

    title: str
    call: str
    task: str
    checks: dict[str, str]
    cases: tuple[dict[str, Any], ...]
    faults: dict[str, Fault]
    highest_level: int = 4

    @property
    def signature(self) -> "Signature":
        """The call, taken apart."""
        return Signature.parse(self.call)

    @property
    def points(self) -> dict[str, int]:
        """What each check is worth: the steps share what the common checks leave."""
        each, left = divmod(STEP_POINTS, len(self.checks))
        return {step: each + (place < left) for place, step in enumerate(self.checks)}


@dataclass(frozen=True)
class Signature:
    """The function that is asked for: its name, its parameters and the text of their types."""

    function: str
    parameters: dict[str, str]
    returns: str

    @classmethod
    def parse(cls, call: str) -> "Signature":
        """Read `name(a: int, b: dict) -> dict`; raises ValueError for anything else."""
        try:
            (node,) = ast.parse(f"def {call}: ...").body
        except (SyntaxError, ValueError):
            node = ast.Pass()
        if not isinstance(node, ast.FunctionDef) or not node.args.args or _others(node.args):
            raise ValueError('call has to be like "name(a: int, b: dict) -> dict"')
        types = {a.arg: ast.unparse(a.annotation) if a.annotation else "" for a in node.args.args}
        return cls(node.name, types, ast.unparse(node.returns) if node.returns else "")

    @cached_property
    def shown(self) -> str:
        """The function with the names of its parameters."""
        return f"{self.function}({', '.join(self.parameters)})"


def _others(arguments: ast.arguments) -> bool:
    return bool(
        arguments.posonlyargs
        or arguments.kwonlyargs
        or arguments.vararg
        or arguments.kwarg
        or arguments.defaults
    )


def read(folder: Path) -> Definition:
    """Read a folder's definition; raises UsageError that names the file and the line."""
    path = folder / NAME
    try:
        text = path.read_text("utf-8")
        raw = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError as error:  # of TOML's, or no text
        raise UsageError(f"{path}: {error}.") from None
    about = ""
    try:
        for name, fault in raw.get("faults", {}).items():
            about = f"faults.{name}"
            msgspec.convert(fault, Fault)
        about = ""
        found = msgspec.convert(raw, Definition)
        about = "call"
        signature = found.signature
    except (msgspec.ValidationError, AttributeError, ValueError) as error:
        raise UsageError(f"{place(path, text, about or str(error))}: {error}.") from None
    for trouble, table in _troubles(found, signature):
        raise UsageError(f"{place(path, text, table)}: {trouble}.")
    return found


def _troubles(found: Definition, signature: Signature) -> list[tuple[str, str]]:
    """What is wrong with a definition that has the right form, and the table that it is in."""
    troubles = [
        (f"{name} is not a name like missing-axis", f"{kind}.{name}")
        for kind, names in (("checks", found.checks), ("faults", found.faults))
        for name in names
        if not _ID.fullmatch(name.replace("_", "-"))
    ]
    if not found.checks:
        troubles.append(("there is no step in [checks]", "checks"))
    if len(found.cases) < 2:
        troubles.append(("two cases are the least", "cases"))
    for number, case in enumerate(found.cases):
        if list(case) != list(signature.parameters):
            wanted = ", ".join(signature.parameters)
            troubles.append((f"this case has to give {wanted}, in this order", f"cases {number}"))
    if not 1 <= found.highest_level <= 4:
        troubles.append(("highest_level is 1 to 4", "highest_level"))
    return troubles


def place(path: Path, text: str, about: str) -> str:
    """`path:line` of the table that a message is about, as far as it tells.

    `about` is a table's name, `cases 2` for the third one, or a message of msgspec's with the path
    `$.faults[...]`.
    """
    lines = text.splitlines()
    case = re.search(r"cases\W+(\d+)", about)
    if case:
        heads = [i for i, line in enumerate(lines, 1) if line.strip().startswith("[[cases]]")]
        number = int(case[1])
        return f"{path}:{heads[number]}" if number < len(heads) else str(path)
    names = [about, *re.findall(r"`?\$\.([\w.-]+)", about)]
    for number, line in enumerate(lines, 1):
        head = _TABLE.match(line)
        key = line.partition("=")[0].strip()
        if head and head["name"] in names:
            return f"{path}:{number}"
        if any(name in (key, f"checks.{key}") for name in names) and "=" in line:
            return f"{path}:{number}"
    return str(path)
