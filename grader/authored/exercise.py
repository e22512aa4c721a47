"""An exercise in two files, as the engine takes it (trusted side)."""

import importlib.util
import tomllib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from grader import ROOT
from grader.authored import definition
from grader.authored.built import PUBLIC_KEY, command, require_built
from grader.authored.definition import Definition
from grader.authored.diagnose import Lines, diagnose
from grader.core.case import Case, Value
from grader.core.diagnosis import Asks
from grader.core.errors import GraderError
from grader.core.exercise import Exercise, FaultPage, Hints, Wording
from grader.core.key import Key
from grader.core.run import Plan

COMMON = Path(__file__).with_name("faults.toml")
WARMUP = Path(__file__).with_name("warmup.py")
PITFALL = ROOT / "grader" / "author" / "pitfall"
EVIDENCE = "evidence.py"
SHORT = 8  # numbers of an array that are shown in a call
LONG = 200  # characters of a call


def read(folder: Path) -> Exercise:
    """Read the exercise in a folder; raises UsageError for one that is not well-formed."""
    found = definition.read(folder)
    signature = found.signature
    show = partial(show_call, signature.function)
    return Exercise(
        id=signature.function,
        title=found.title,
        function=signature.function,
        parameters=tuple(signature.parameters),
        folder=folder,
        secret=folder,
        plan=first_plan,
        second_plan=second_plan,
        diagnose=partial(diagnose, show, _lines(folder)),
        mend=lambda _submission, _run: (),
        show_call=show,
        sizes=sizes,
        right_answer=folder / "samples" / "correct" / f"{signature.function}.py",
        read_wording=partial(_wording, found),
        read_hints=partial(_hints, found),
        warmup=WARMUP,
        skeleton=PITFALL,
        whole=True,
        packed=packed(folder, signature.function),
        build=command(folder),
        require_built=partial(require_built, folder),
    )


def packed(folder: Path, function: str) -> tuple[str, ...]:
    """The files that are handed out: none of them is of the secret side."""
    own = (definition.NAME, f"{function}.py", "README.md", "checks.py", PUBLIC_KEY)
    also = (EVIDENCE,) if (folder / EVIDENCE).is_file() else ()
    return (*own, *also)


def first_plan(key: Key) -> Plan:
    """All cases, every other one by keyword; the public call that comes again with NumPy."""
    cases = [k.case for k in key.cases]
    again = frozenset({key.public[-1].case.id})
    return Plan(cases, frozenset(case.id for case in cases[1::2]), with_numpy=again)


def second_plan(key: Key, _asks: Asks) -> Plan:
    """The other order."""
    first = first_plan(key)
    return Plan(first.cases[::-1], first.by_keyword)


def sizes(key: Key) -> tuple[tuple[int, ...], ...]:
    """The shapes of all arrays that are handed in, each once."""
    arguments = [value for k in key.cases for value in k.case.arguments.values()]
    return tuple(dict.fromkeys(shape for v in arguments for shape in _shapes(v) if shape))


def _shapes(value: Value) -> list[tuple[int, ...]]:
    if isinstance(value, np.ndarray):
        return [value.shape]
    if isinstance(value, dict):
        value = list(value.values())
    return [s for v in value for s in _shapes(v)] if isinstance(value, list | tuple) else []


def show_call(function: str, case: Case) -> str:
    """A call as a student could type it, with long arrays in short."""
    for most in (SHORT, 0):  # a long call has its arrays in short
        given = (f"{name}={_shown(value, most)}" for name, value in case.arguments.items())
        call = f"{function}({', '.join(given)})"
        if len(call) <= LONG:
            break
    return call


def _shown(value: Value, most: int) -> str:
    match value:
        case np.ndarray() if value.size <= most:
            whole = value.dtype.kind in "iub"
            return str((value if whole else np.asarray(value, np.float64).round(4)).tolist())
        case np.ndarray():
            return f"{value.dtype.name}[{','.join(map(str, value.shape))}]"
        case dict():
            return "{" + ", ".join(f'"{k}": {_shown(v, most)}' for k, v in value.items()) + "}"
        case list():
            return f"[{', '.join(_shown(v, most) for v in value)}]"
        case tuple():
            return f"({', '.join(_shown(v, most) for v in value)}{',' if len(value) == 1 else ''})"
    return repr(round(value, 6) if isinstance(value, float) else value)


def common_faults() -> dict[str, FaultPage]:
    """What may be wrong with the form of any answer."""
    return msgspec.convert(tomllib.loads(COMMON.read_text("utf-8")), dict[str, FaultPage])


def _wording(found: Definition) -> Wording:
    pages = {id: fault.page() for id, fault in found.faults.items()}
    return Wording(common_faults() | pages, {})


def _hints(found: Definition) -> Hints:
    where = dict.fromkeys(common_faults(), definition.WHERE)
    return Hints(found.highest_level, where | {id: f.where for id, f in found.faults.items()})


def _lines(folder: Path) -> Lines | None:
    """`lines` of the folder's evidence.py, if there is one: the author's own look at a source."""
    path = folder / EVIDENCE
    spec = importlib.util.spec_from_file_location("evidence", path) if path.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        lines: Any = module.lines
    except Exception as error:  # noqa: BLE001  # whatever its author's code raises
        raise GraderError(f"{path}: {type(error).__name__}: {error}") from None
    return partial(_asked, lines)


def _asked(lines: Any, source: Any) -> Mapping[str, int]:
    """Ask the author's code; what it raises says nothing."""
    try:
        return dict(lines(source))
    except Exception:  # noqa: BLE001
        return {}
