"""Keeps a started backend with loaded executables in the process that workers are forked from.

A fork has no thread of its parent, so nothing in a warm worker may wait for one: executables run
inline and in order (see `sandbox.environment`), and lowering uses no thread pool. What was not
loaded beforehand is loaded or compiled, which XLA does on threads, by a backend of the worker's own
(`second_backend`). Where that cannot be done the worker ends with `NOT_WARM`, and whoever asked
starts over in a cold one. Every answer is thus computed by JAX as it is, and nothing is
approximated.

The hooks are private parts of JAX: where one is missing, `prepare` says so and nothing is warm.
"""

import gc
import importlib
import os
import runpy
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader.worker import shapes
from grader.worker.executables import NOT_WARM, Executables, NotLoadedError


def use(script: str, sizes: Sequence[Sequence[int]] = ()) -> None:
    """Use JAX in a neutral way: draw the probe, and do what an exercise's warm-up script does.

    At these sizes, if there are any, else at the script's own.
    """
    from grader.worker import arrays

    arrays.draw_probe()
    script_names = runpy.run_path(script)
    script_names["use"](sizes or script_names["SIZES"])


def prepare(folder: Path, script: str) -> bool:
    """Use JAX in a neutral way, with executables out of its compile cache.

    Tells whether this process may now be forked into warm workers.
    """
    import jax

    try:
        jax.config.update("jax_cpu_enable_async_dispatch", False)  # type: ignore[no-untyped-call]
        share_context(threads=False)
        shapes.remember()
        executables = Executables(folder)
        executables.serve_zygote()
    except (ImportError, AttributeError, TypeError, OSError):
        return False
    with suppress(NotLoadedError):  # what comes after it is not warm; nothing else is lost
        use(script)
    if not executables.loaded:
        return False
    executables.serve_workers()
    gc.collect()
    gc.freeze()
    return True


def decline(_channel: int, _output: int) -> None:
    """End a worker that was forked from a process which could not be kept warm."""
    os._exit(NOT_WARM)


def share_context(*, threads: bool = True) -> None:
    """Let all compilations of this process share one MLIR context: a quarter of a cold run."""
    mlir: Any = importlib.import_module("jax._src.interpreters.mlir")
    if getattr(mlir.make_ir_context, "shared", False):
        return
    context = mlir.make_ir_context()
    if not threads:
        context.enable_multithreading(False)

    def shared_context() -> Any:
        return context

    shared_context.shared = True  # type: ignore[attr-defined]
    mlir.make_ir_context = shared_context


if __name__ == "__main__":  # see grader.sandbox.cache.fill
    share_context()
    use(sys.argv[1], [tuple(map(int, size.split(","))) for size in sys.argv[2:]])
