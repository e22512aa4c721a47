"""Beside the student: the only file of ours that shares a process with a submission.

It sees inputs, never expected values, one case at a time. What it sends back is untrusted: once a
submission is loaded, every reply is the submission's word.
"""

import importlib
import inspect
import io
import linecache
import os
import sys
import tokenize
import types
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from grader import settings, wire
from grader.wire import Argument, Array, Call, Channel, Inquire, Load, Observe, Raised, Returned
from grader.worker import beside, causes, script, warm
from grader.worker.walls import limits

NATIVE = {"float16", "float32", "float64", "bool", "complex64", "complex128"} | {
    f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)
}


@cache
def _folders() -> tuple[str, ...]:
    """What no message may hold: these differ from run to run, and from machine to machine."""
    here = f"{Path.cwd()}{os.sep}"
    return (script.PROJECT,) if here == f"{os.sep}{os.sep}" else (here, script.PROJECT)


def serve(channel: Channel, isolation: tuple[str, ...] = ()) -> None:
    """Say hello, then answer commands until the channel closes."""
    with suppress(ImportError, AttributeError, TypeError):
        warm.share_context()  # a private part of JAX: where it looks otherwise, nothing is lost
    # A compile cache that is filled anew meanwhile is ours to know of, and no one's printed output.
    warnings.filterwarnings("ignore", "Error reading persistent compilation cache")
    _folders()  # while this is where the submission will be started
    channel.send(_hello(isolation))
    function: Callable[..., Any] | None = None
    filename = ""
    before = settings.values()
    while True:
        try:
            command: wire.Command = channel.receive(wire.COMMAND)
        except wire.FrameError:
            return
        match command:
            case Load():
                filename = command.name
                function, reply = load(command)
                channel.send(reply)
            case Call() if function is not None:
                channel.send(call(function, filename, command))
            case Observe() if function is not None:
                channel.send(_observe(function, filename, command))
            case Inquire():
                channel.send(wire.Settings(settings.changed(before)))
            case _:
                return


def _hello(isolation: tuple[str, ...]) -> wire.Hello:
    import jax

    versions = {"python": ".".join(map(str, sys.version_info[:3])), "numpy": np.__version__}
    versions |= {"jax": jax.__version__, "backend": jax.default_backend()}
    versions["flax"] = importlib.import_module("flax").__version__
    return wire.Hello(versions, draw_probe(), isolation)


def draw_probe() -> Array:
    """Draw the calibration probe: a few numbers that depend on how this JAX draws."""
    import jax

    return encode(jax.random.normal(jax.random.PRNGKey(2024), (4,)))


def encode(value: Any) -> Array:
    """Turn an array-like into a frame; raises whatever the conversion raises."""
    name = str(getattr(value, "dtype", ""))
    array = np.asarray(value)
    name = name or str(array.dtype)
    if array.dtype.name not in NATIVE:
        array = array.astype(np.float32)  # bfloat16 and its kin; raises for keys and objects
    shape = tuple(array.shape)
    if array.size > wire.MAX_ELEMENTS:
        return Array(name[:40], shape, None)
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return Array(name[:40], shape, little.tobytes())


def _decode(argument: Argument, numpy: bool) -> Any:
    if isinstance(argument, int):
        return argument
    assert argument.data is not None
    array = np.frombuffer(argument.data, argument.dtype).reshape(argument.shape)
    if numpy:
        return array.copy()
    import jax

    with jax.transfer_guard("allow"):  # whatever the program forbids itself
        return jax.numpy.asarray(array)


def describe(error: BaseException, filename: str) -> Raised:
    """Reduce an exception to its type, its message and the frames in the student's file."""
    try:
        message = "" if isinstance(error, SystemExit) and not error.code else str(error)
    except BaseException:  # noqa: BLE001  # a student's __str__ may raise anything
        message = "(the exception has no readable message)"
    frames = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename == filename:
            frames.append((step.tb_lineno, code.co_name[:100]))
        step = step.tb_next
    if isinstance(error, SyntaxError) and error.filename == filename and error.lineno:
        message, frames = str(error.msg), [(max(error.lineno, 0), "<module>")]
    if isinstance(error, ImportError) and error.path:  # where a package lies is nobody's answer
        message = message.replace(f" ({error.path})", "")
    for folder in _folders():
        message = message.replace(folder, "")
    if not isinstance(error, SyntaxError) and (place := beside.place(error)):
        message += f", in {place}"
    cause = causes.find(error)
    message = causes.tell(message[: wire.MAX_TEXT // 2], cause)
    message = message[: wire.MAX_TEXT].encode("utf-8", "replace").decode()
    name = "" if cause is None else cause.kind
    return Raised(type(error).__name__[:100], message, tuple(frames[-8:]), name)


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


def call(function: Callable[..., Any], filename: str, command: Call) -> Returned | Raised:
    """Call the function once and report what came back, or what was raised."""
    if command.numpy:
        with suppress(BaseException):  # what it was promised are JAX's arrays
            return _call(function, command, numpy=True)
    try:
        return _call(function, command, numpy=False)
    except BaseException as error:  # noqa: BLE001  # SystemExit and KeyboardInterrupt included
        return describe(error, filename)


def _call(function: Callable[..., Any], command: Call, numpy: bool) -> Returned:
    arguments = {k: _decode(v, numpy) for k, v in command.arguments.items()}
    before = [v.copy() for v in arguments.values() if isinstance(v, np.ndarray)]
    positional = () if command.by_keyword else tuple(arguments.values())
    made = partial(function, *positional, **(arguments if command.by_keyword else {}))
    value, init_calls = _counting(made) if command.count else (made(), None)
    handed = [v for v in arguments.values() if isinstance(v, np.ndarray)]
    mutated = any(not np.array_equal(a, b) for a, b in zip(before, handed, strict=True))
    array, bare = _find_array(value)
    return Returned(type(value).__name__[:100], array, bare, mutated, init_calls)


def _counting(made: Callable[[], Any]) -> tuple[Any, int]:
    from grader.worker import observer

    return observer.counting(made)


def _find_array(value: Any) -> tuple[Array | None, bool]:
    """Give the array that a value is (True) or visibly contains (False)."""
    import jax

    if type(value) is np.ndarray or isinstance(value, (jax.Array, np.generic)):
        try:
            return encode(value), True
        except (TypeError, ValueError):
            return None, False
    if isinstance(value, dict):
        value = next(iter(value.values()), None)
    candidates = [value]
    if isinstance(value, tuple) and value:
        candidates = [value[0], value]  # (answer, something else) is more likely than rows
    for candidate in candidates:
        try:
            array = encode(np.asarray(candidate))
        except (TypeError, ValueError):
            continue
        if array.data is not None and array.dtype in NATIVE:
            return array, False
    return None, False


def _observe(function: Callable[..., Any], filename: str, command: Observe) -> wire.Observed:
    from grader.worker import observer

    return observer.observe(
        lambda args: function(*args.values()),
        {k: _decode(v, numpy=False) for k, v in command.arguments.items()},
        lambda error: describe(error, filename),
    )


def main() -> None:
    """Serve over the process's own stdin and stdout, which the submission does not get to see."""
    channel = Channel(os.dup(0), os.dup(1))
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    sys.path[:] = [entry for entry in sys.path if "site-packages" in entry or entry in STDLIB]
    serve(channel, limits.apply())
    sys.stdout.flush()
    os._exit(0)


STDLIB = tuple(p for p in sys.path if p.startswith(sys.base_prefix))

if __name__ == "__main__":
    main()
