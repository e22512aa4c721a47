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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from grader.worker import shapes
from grader.worker.programs import Programs, find_here
from grader.worker.second_backend import SecondBackend

NOT_WARM = 71  # the exit code of a worker that met what only a cold one can do
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
    with suppress(NotLoadedError):  # what comes after it is not warm; nothing else is lost
        use(script)
    if not keeper.loaded:
        return False
    worker = _Worker(programs)
    programs.load, compiler.backend_compile_and_load = worker.load, worker.compile
    gc.collect()
    gc.freeze()
    return True


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


class _Worker:
    """Loads and compiles on a backend of a fork's own, and ends a fork that needs a cold one."""

    def __init__(self, programs: Programs) -> None:
        self._programs = programs
        self._backend: SecondBackend | None = None

    def load(self, file: str, serialized: bytes) -> Any:
        del file
        with self._or_leave() as backend:
            return backend.load(serialized, self._programs.options)

    def compile(self, _: Any, module: Any, __: Any, options: Any, callbacks: Sequence[Any]) -> Any:
        """Compile as JAX's `backend_compile_and_load` does."""
        with self._or_leave() as backend:
            return backend.compile(module, options, callbacks)

    @contextmanager
    def _or_leave(self) -> Iterator[SecondBackend]:
        try:
            if self._backend is None:
                self._backend = SecondBackend(self._programs.device)
            yield self._backend
        except Exception:  # noqa: BLE001  # of XLA's many; a cold worker can say what is wrong
            os._exit(NOT_WARM)


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
