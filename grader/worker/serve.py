"""The conversation of a worker: loads a submission, calls it, answers (beside the student).

It sees inputs, never expected values, one case at a time. What it sends back is untrusted: once a
submission is loaded, every reply is the submission's word.
"""

import importlib
import os
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np

from grader import settings, wire
from grader.wire import Call, Channel, Inquire, Load, Observe, Raised, Returned
from grader.worker import arrays, programs, shapes, trees, warm
from grader.worker.load import load
from grader.worker.raised import describe, hidden_folders
from grader.worker.walls import limits


def serve(channel: Channel, isolation: tuple[str, ...] = ()) -> None:
    """Say hello, then answer commands until the channel closes."""
    sys.dont_write_bytecode = True  # what a submission imports leaves nothing behind
    with suppress(ImportError, AttributeError, TypeError):
        warm.share_context()  # private parts: where they look otherwise, nothing is lost
        shapes.remember()
        programs.find_here()
    # A compile cache that is filled anew meanwhile is ours to know of, and no one's printed output.
    warnings.filterwarnings("ignore", "Error reading persistent compilation cache")
    hidden_folders()  # while this is where the submission will be started
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
    return wire.Hello(versions, _probe(), isolation)


def _probe() -> wire.Array:
    try:
        return arrays.draw_probe()
    except Exception:  # noqa: BLE001  # the first use of this JAX shows whether our hooks suit it
        programs.find_here().undo()
        return arrays.draw_probe()


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
    arguments = {k: trees.decode(v, numpy) for k, v in command.arguments.items()}
    handed = {k: v for k, v in arguments.items() if trees.can_change(v)}
    positional = () if command.by_keyword else tuple(arguments.values())
    made = partial(function, *positional, **(arguments if command.by_keyword else {}))
    value, init_calls = _counting(made) if command.count else (made(), None)
    mutated = any(trees.encode(v) != command.arguments[k] for k, v in handed.items())
    type_name = type(value).__name__[:100]
    if command.whole:
        tree = trees.encode(value)
        return Returned(type_name, None, False, mutated, init_calls, tree)
    array, bare = arrays.find(value)
    return Returned(type_name, array, bare, mutated, init_calls)


def _counting(made: Callable[[], Any]) -> tuple[Any, int]:
    from grader.worker import observer

    return observer.counting(made)


def _observe(function: Callable[..., Any], filename: str, command: Observe) -> wire.Observed:
    from grader.worker import observer

    return observer.observe(
        lambda args: function(*args.values()),
        {k: trees.decode(v, numpy=False) for k, v in command.arguments.items()},
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
