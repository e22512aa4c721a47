"""Which name was meant: looks beside a misspelt one for what is there (beside the student)."""

import builtins
import difflib
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType, TracebackType

_IMPORTED = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")
# Modules that a program here imports by name. Of all others that lie around (what packages need for
# themselves, the corners of the library) none is likely to be what a student meant.
MODULES = (
    *("jax", "flax", "numpy", "optax", "scipy", "abc", "argparse", "cmath", "collections"),
    *("contextlib", "copy", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools"),
    *("inspect", "itertools", "json", "logging", "math", "numbers", "operator", "os", "pathlib"),
    *("pickle", "pprint", "random", "re", "statistics", "string", "sys", "textwrap", "time"),
    *("timeit", "types", "typing", "unittest", "warnings"),
)
ALIKE = 0.7


@dataclass(frozen=True)
class Name:
    """A name that was not found, the whole of it with its module, and the names that are there."""

    name: str
    dotted: str
    there: Iterable[str]


def looked_for(error: BaseException) -> Name | None:
    """Give the name that an exception says is not there.

    May raise what a student's object raises when it is asked for what it has.
    """
    imported = _IMPORTED.match(str(error)) if isinstance(error, ImportError) else None
    if imported:
        module = sys.modules.get(imported[2])
        return Name(imported[1], f"{imported[2]}.{imported[1]}", dir(module) if module else ())
    if isinstance(error, ModuleNotFoundError) and error.name:
        package = error.name.rpartition(".")[0]
        there = [f"{package}.{n}" for n in _submodules(package)] if package else MODULES
        return Name(error.name, error.name, there)
    if isinstance(error, AttributeError) and error.name:
        return Name(error.name, f"{_place(error.obj)}.{error.name}", dir(error.obj))
    if isinstance(error, NameError) and error.name:
        return Name(error.name, error.name, _visible(error.__traceback__))
    return None


def nearest(name: Name) -> str:
    """The name that is there and is most like the one that is not; empty where none is like it.

    Python has such names where it prints an exception, and not in what it says of itself.
    """
    close = difflib.get_close_matches(name.name, [str(n) for n in name.there], n=1, cutoff=ALIKE)
    return close[0] if close and close[0] != name.name else ""


def _place(owner: object) -> str:
    """What stands before the dot, as a student writes it: of JAX's objects that are no modules."""
    import jax

    if isinstance(owner, ModuleType):
        return owner.__name__
    if owner is jax.config:
        return "jax.config"
    return "jax.Array" if isinstance(owner, jax.Array) else ""


def _submodules(package: str) -> Iterable[str]:
    """The modules in a package, as far as somebody has imported them."""
    there = vars(sys.modules[package]) if package in sys.modules else {}
    return [name for name, value in there.items() if isinstance(value, ModuleType)]


def _visible(step: TracebackType | None) -> Iterable[str]:
    """The names that the innermost frame can see."""
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is None:
        return ()
    frame = step.tb_frame
    return {*frame.f_locals, *frame.f_globals, *dir(builtins)}
