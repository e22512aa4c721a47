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
import signal
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from grader.worker import shapes
from grader.worker.programs import Programs, find_here
from grader.worker.second_backend import NOT_WARM, InWorker

PATIENCE = 20  # seconds
# XLA runs a program of many steps on its threads, unless what it reads is as small as this.
SMALL, OF_MANY_STEPS = 512, "jit_unstack"


class NotLoadedError(Exception):
    """While warming up: a program has no executable that could be used after a fork."""


def use(script: str, sizes: Sequence[Sequence[int]] = ()) -> None:
    """Use JAX in a neutral way: draw the probe, and do what an exercise's warm-up script does.

    At these sizes, if there are any, else at the script's own.
    """
    from grader.worker import arrays

    arrays.draw_probe()
    script_names = runpy.run_path(script)
    script_names["use"](sizes or script_names["SIZES"])


def prepare(script: str) -> bool:
    """Use JAX in a neutral way, with programs out of its compile cache.

    Tells whether this process may now be forked into warm workers.
    """
    import jax

    try:
        jax.config.update("jax_cpu_enable_async_dispatch", False)  # type: ignore[no-untyped-call]
        share_context(threads=False)
        shapes.remember()
        programs = find_here()
        compiler: Any = importlib.import_module("jax._src.compiler")
        keeper = _Keeper(programs)
        programs.load, compiler.backend_compile_and_load = keeper.load, _not_loaded
    except (ImportError, AttributeError, TypeError, OSError):
        return False
    try:
        use(script)
    except NotLoadedError:  # what comes after it is not warm; nothing else is lost
        pass
    except Exception:  # noqa: BLE001  # this JAX and our hooks do not suit each other
        return False
    if not keeper.loaded:
        return False
    worker = InWorker(programs.device, programs.options)
    programs.load, compiler.backend_compile_and_load = worker.load, worker.compile
    gc.collect()
    gc.freeze()
    return _can_compile_in_a_fork()


def _can_compile_in_a_fork() -> bool:
    """Try it: what goes wrong there would be taken for a submission's doing."""
    import jax

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # see `zygote._fork`
        worker = os.fork()
    if worker == 0:
        signal.alarm(PATIENCE)
        with suppress(Exception):
            given = jax.numpy.zeros(2)
            if jax.jit(lambda x: x + 1.5)(given).tolist() == [1.5, 1.5]:
                os._exit(0)
        os._exit(1)
    return os.waitpid(worker, 0)[1] == 0


class _Keeper:
    """Loads what can be used after a fork, and compiles nothing.

    A fork of a process whose compiler has run cannot start another.
    """

    def __init__(self, programs: Programs) -> None:
        self.loaded, self._load = 0, programs.load

    def load(self, file: str, serialized: bytes) -> Any:
        executable = self._load(file, serialized)
        if file.startswith(OF_MANY_STEPS):  # to iterate over an array takes a step a row
            read = executable.get_compiled_memory_stats().argument_size_in_bytes
            if read > SMALL:  # a worker would wait for good
                return None
        self.loaded += 1
        return executable


def _not_loaded(*_: Any, **__: Any) -> Any:
    raise NotLoadedError


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
    find_here()
    use(sys.argv[1], [tuple(map(int, size.split(","))) for size in sys.argv[2:]])
