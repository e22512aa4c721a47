"""`solution.py` of an exercise, loaded: its steps, its pitfalls, and programs made of them.

A program is the reference with some steps replaced. While it runs, the names of those steps in the
file's module are the pitfalls', so that whatever calls a step by its name calls what replaces it.
"""

import importlib.util
import itertools
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from grader.author import MARK
from grader.authored.built import SOLUTION
from grader.authored.definition import Definition
from grader.core.errors import UsageError

MOST = 3  # pitfalls at once
MANY = 400  # programs: with more, two pitfalls at once are the most


@dataclass(frozen=True)
class Pitfall:
    """A function that may stand in a step's place, and the fault that it is."""

    fault: str
    step: str
    function: FunctionType

    @property
    def line(self) -> int:
        """Where it stands in its file."""
        return self.function.__code__.co_firstlineno


Program = tuple[Pitfall, ...]  # from different steps; none is the reference


def name_of(program: Program) -> str:
    """How the key names a program: its faults, in the order of its steps."""
    return "+".join(pitfall.fault for pitfall in program)


@dataclass(frozen=True)
class Solution:
    """The module, the steps in the order of the definition, and the pitfalls of each."""

    module: ModuleType
    function: str
    pitfalls: dict[str, tuple[Pitfall, ...]]

    def programs(self) -> list[Program]:
        """The reference, then all programs of one pitfall, of two, and of three if not too many."""
        counts = [list(self._of(count)) for count in range(MOST + 1)]
        most = MOST if sum(map(len, counts)) <= MANY else MOST - 1
        return [program for programs in counts[: most + 1] for program in programs]

    def _of(self, count: int) -> Iterator[Program]:
        for steps in itertools.combinations(self.pitfalls, count):
            yield from itertools.product(*(self.pitfalls[step] for step in steps))

    @contextmanager
    def running(self, program: Program) -> Iterator[Callable[..., Any]]:
        """Give the function that is a program, as long as nothing else is asked of the module."""
        names = vars(self.module)
        right = {pitfall.step: names[pitfall.step] for pitfall in program}
        # What each pitfall sees: the right step under its own name.
        seen: list[dict[str, Any]] = [{} for _ in program]
        standing = {
            pitfall.step: _rebound(pitfall.function, own)
            for pitfall, own in zip(program, seen, strict=True)
        }
        names.update(standing)
        for pitfall, own in zip(program, seen, strict=True):
            own.update(names, **{pitfall.step: right[pitfall.step]})
        try:
            yield names[self.function]
        finally:
            names.update(right)


def _rebound(function: FunctionType, names: dict[str, Any]) -> FunctionType:
    """The function with other names around it, which may be filled in later."""
    made = FunctionType(
        function.__code__, names, function.__name__, function.__defaults__, function.__closure__
    )
    made.__kwdefaults__ = function.__kwdefaults__
    return made


def load(folder: Path, definition: Definition) -> Solution:
    """Run a folder's solution.py and look for what it has to have; raises UsageError."""
    path = folder / SOLUTION
    module = _module(path)
    function = definition.signature.function
    steps = {name.replace("-", "_"): name for name in definition.checks}
    found: dict[str, list[Pitfall]] = {step: [] for step in definition.checks}
    for name in (function, *steps):
        if not isinstance(getattr(module, name, None), FunctionType):
            where = "call" if name == function else f"[checks], {steps[name]}"
            raise UsageError(f"{path}: there is no function {name} ({where} in exercise.toml).")
    for value in list(vars(module).values()):
        replaced = getattr(value, MARK, None)
        if replaced is None:
            continue
        place = f"{path}:{value.__code__.co_firstlineno}"
        name = getattr(replaced, "__name__", "")
        if getattr(module, name, None) is not replaced or name not in steps:
            raise UsageError(f"{place}: {name} is not a step that [checks] of exercise.toml names.")
        fault = value.__name__.replace("_", "-")
        if fault not in definition.faults:
            raise UsageError(f"{place}: exercise.toml has no [faults.{fault}], its wording.")
        found[steps[name]].append(Pitfall(fault, name, value))
    named = {pitfall.fault for pitfalls in found.values() for pitfall in pitfalls}
    for fault in definition.faults:
        if fault not in named:
            pitfall = fault.replace("-", "_")
            raise UsageError(f"{path}: there is no pitfall {pitfall} for [faults.{fault}].")
    by_step = {step: tuple(pitfalls) for step, pitfalls in found.items()}
    return Solution(module, function, by_step)


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("solution_under_build", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # for what looks itself up there: dataclasses, Flax Modules
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except FileNotFoundError:
        raise UsageError(f"There is no {path}.") from None
    except Exception as error:  # noqa: BLE001  # whatever its author's code raises
        raise UsageError(f"{located(error, path)}: {type(error).__name__}: {error}") from None
    finally:
        sys.dont_write_bytecode = before
    return module


def located(error: BaseException, path: Path) -> str:
    """`path:line` of the author's innermost line that an exception passed."""
    if isinstance(error, SyntaxError) and error.lineno:
        return f"{path}:{error.lineno}"
    frames: Sequence[traceback.FrameSummary] = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return f"{path}:{lines[-1]}" if lines else str(path)
