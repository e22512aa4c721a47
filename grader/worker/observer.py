"""Beside the student: which Flax Modules one call of the function went through.

Uses `flax.linen.intercept_methods`, which is public. Numbers are noted in a pass of its own; in a
call that is scored, initialisations are counted at most.
"""

from collections.abc import Callable
from typing import Any

import flax.linen as nn
import jax
import numpy as np

from grader import wire
from grader.worker.arrays import encode

Describe = Callable[[BaseException], wire.Raised]


def observe(
    function: Callable[[dict[str, Any]], Any],
    arguments: dict[str, Any],
    describe: Describe,
) -> wire.Observed:
    """Call the function, and note the calls of its Modules and the numbers that went through."""
    recorder = _Recorder()
    answer = error = None
    with nn.intercept_methods(recorder.intercept):
        try:
            answer = encode(np.asarray(function(arguments)))
            jax.effects_barrier()  # type: ignore[no-untyped-call]
        except BaseException as raised:  # noqa: BLE001  # the student's, reported as such
            error = describe(raised)
    return wire.Observed(tuple(recorder.calls), answer, error)


def counting(call: Callable[[], Any]) -> tuple[Any, int]:
    """Make a call, and count how often it initialises an outermost Module."""
    count = 0

    def intercept(call: Any, args: Any, kwargs: Any, context: Any) -> Any:
        nonlocal count
        if context.method_name == "__call__" and context.module.path == ():
            count += bool(context.module.is_initializing())
        return call(*args, **kwargs)

    with nn.intercept_methods(intercept):
        return call(), count


class _Recorder:
    """Collects the calls of outermost Modules and of Dense layers, up to a bound."""

    def __init__(self) -> None:
        self.calls: list[wire.ModuleCall] = []

    def intercept(self, call: Any, args: Any, kwargs: Any, context: Any) -> Any:
        output = call(*args, **kwargs)
        module = context.module
        outermost, dense = module.path == (), isinstance(module, nn.Dense)
        if context.method_name != "__call__" or not (outermost or dense):
            return output
        initialising = bool(module.is_initializing())
        kernel = module.variables.get("params", {}).get("kernel") if dense else None
        about = (type(module).__name__[:100], initialising, outermost, _has_default_init(module))

        def note(output: Any, kernel: Any = None) -> None:
            if len(self.calls) < wire.MAX_ITEMS:
                arrays = [None if v is None else encode(np.asarray(v)) for v in (kernel, output)]
                self.calls.append(wire.ModuleCall(*about, *arrays))

        given = (output,) if kernel is None else (output, kernel)
        each = _along_axis(given)
        for values in each or ():
            note(*values)
        if each is None:  # inside jit or scan: a callback gets one at a time
            jax.debug.callback(note, *given)
        return output


def _along_axis(given: tuple[Any, ...]) -> list[tuple[Any, ...]] | None:
    """Give the values along a mapped axis, one by one; None where they are not computed yet.

    Under vmap a value stands for all of them. A callback would tell them apart, but each is a
    program of its own to compile.
    """
    rows = []
    for value in given:
        axis = None
        if isinstance(value, jax.core.Tracer):
            value, axis = getattr(value, "val", None), getattr(value, "batch_dim", None)
        if value is None or isinstance(value, jax.core.Tracer) or not hasattr(value, "shape"):
            return None
        rows.append([value] if axis is None else list(np.moveaxis(np.asarray(value), axis, 0)))
    count = max(map(len, rows))
    return list(zip(*(row * (count if len(row) == 1 else 1) for row in rows), strict=True))


def _has_default_init(module: Any) -> bool:
    if not isinstance(module, nn.Dense):
        return True
    default = nn.Dense(1)
    return bool(
        module.kernel_init == default.kernel_init
        and (module.bias_init == default.bias_init or not module.use_bias)
    )
