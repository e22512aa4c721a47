"""Which name was meant: looks beside a misspelt one for what is there (beside the student)."""

import builtins
import difflib
import re
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Any

_IMPORTED = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")


def suggestion(error: BaseException) -> str:
    """Give a sentence with the nearest name, or nothing.

    Python has such sentences where it prints an exception, and not in what it says of itself.
    """
    try:
        name, there = _looked_for(error)
        close = difflib.get_close_matches(str(name), [str(n) for n in there], n=1, cutoff=0.7)
    except BaseException:  # noqa: BLE001  # a student's object may say anything of what it has
        return ""
    return f". Did you mean {close[0]}?" if close and close[0] != name else ""


def _looked_for(error: BaseException) -> tuple[Any, Iterable[str]]:
    """A name, and the names that are where it was looked for."""
    imported = _IMPORTED.match(str(error)) if isinstance(error, ImportError) else None
    if imported:
        return imported[1], dir(sys.modules[imported[2]])
    if isinstance(error, ModuleNotFoundError):
        return error.name, {*sys.stdlib_module_names, *(m for m in sys.modules if "." not in m)}
    if isinstance(error, AttributeError):
        return error.name, dir(error.obj)
    if isinstance(error, NameError):
        return error.name, _visible(error.__traceback__)
    return "", ()


def _visible(step: TracebackType | None) -> Iterable[str]:
    """The names that the innermost frame can see."""
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is None:
        return ()
    frame = step.tb_frame
    return {*frame.f_locals, *frame.f_globals, *dir(builtins)}
