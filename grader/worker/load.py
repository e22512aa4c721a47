"""From the bytes of a submission to its function (beside the student)."""

import inspect
import io
import linecache
import sys
import tokenize
import types
from collections.abc import Callable
from typing import Any

from grader import wire
from grader.wire import Load
from grader.worker import beside, script
from grader.worker.raised import describe


def load(command: Load) -> tuple[Callable[..., Any] | None, wire.Ready | wire.Refused]:
    """Compile and execute the file as a module of its own; find its function."""
    name = command.name
    try:
        # compile() lets undecodable comments pass that Python refuses in a file.
        encoding, _ = tokenize.detect_encoding(io.BytesIO(command.source).readline)
        text = command.source.decode(encoding)
        code = compile(command.source, name, "exec", dont_inherit=True)
    except Exception as error:  # noqa: BLE001  # a codec that a file names may raise anything
        return None, wire.Refused("syntax-error", describe(error, name))
    linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    module = types.ModuleType(name.removesuffix(".py"))
    module.__file__ = name
    sys.modules[module.__name__] = module  # dataclasses look their module up while it executes
    script.present(module, name)
    try:
        with beside.importable(command.helpers):
            exec(code, module.__dict__)  # noqa: S102  # running the submission is the purpose
    except BaseException as error:  # noqa: BLE001  # SystemExit and KeyboardInterrupt included
        return None, wire.Refused("import-error", describe(error, name))
    function = module.__dict__.get(command.function)
    if not callable(function):
        names = [n for n, v in module.__dict__.items() if callable(v) and not n.startswith("__")]
        kind = "" if function is None else type(function).__name__[:100]
        own = tuple(str(n)[:100] for n in names[: wire.MAX_ITEMS])
        return None, wire.Refused("missing-function", names=own, signature=kind)
    signature = mismatch(function, command.parameters)
    if signature is not None:
        return None, wire.Refused("wrong-signature", signature=signature[:200])
    return function, wire.Ready()


def mismatch(function: Callable[..., Any], parameters: tuple[str, ...]) -> str | None:
    """Give the function's signature when it does not take the parameters both ways, else None.

    A decorator may show the signature of what it wraps, or its own: one that fits is enough.
    """
    try:
        shown, own = (inspect.signature(function, follow_wrapped=f) for f in (True, False))
    except Exception:  # noqa: BLE001  # a student's __signature__ may raise anything
        return None  # no signature to read: the calls will tell
    return None if _fits(shown, parameters) or _fits(own, parameters) else str(shown)


def _fits(signature: inspect.Signature, parameters: tuple[str, ...]) -> bool:
    try:
        signature.bind(**dict.fromkeys(parameters))
        bound = signature.bind(*parameters).arguments
    except TypeError:
        return False
    return all(name == value for name, value in bound.items() if name in parameters)
