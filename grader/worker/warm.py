"""Keeps a started backend with loaded executables in the process that workers are forked from.

A fork has no thread of its parent, so nothing in a warm worker may wait for one: executables run
inline and in order (see `sandbox.environment`), lowering uses no thread pool, and loading or
compiling, which XLA does on threads, is not done at all. A program that needs an executable which
was not loaded beforehand ends its worker with `NOT_WARM`; whoever asked starts over in a cold one.
Every answer is thus computed by eager JAX as it is, and nothing is approximated.

The hooks are private parts of JAX: where one is missing, `prepare` says so and nothing is warm.
"""

import gc
import importlib
import os
import runpy
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader.worker import shapes

NOT_WARM = 71  # the exit code of a worker that met a program it has no executable for
SUFFIX = "-cache"
# XLA runs a program of many steps on its threads, unless what it reads is as small as this.
SMALL, OF_MANY_STEPS = 512, "jit_unstack"


class NotLoadedError(Exception):
    """While warming up: a program has no loaded executable."""


def use(script: str, sizes: Sequence[Sequence[int]] = ()) -> None:
    """Use JAX in a neutral way: draw the probe, and do what an exercise's warm-up script does.

    At these sizes, if there are any, else at the script's own.
    """
    from grader.worker import arrays

    arrays.draw_probe()
    script_names = runpy.run_path(script)
    script_names["use"](sizes or script_names["SIZES"])


def prepare(folder: Path, script: str) -> bool:
    """Load the executables in JAX's compile cache, and use some of them in a neutral way.

    Tells whether this process may now be forked into warm workers.
    """
    import jax

    try:
        jax.config.update("jax_cpu_enable_async_dispatch", False)  # type: ignore[no-untyped-call]
        share_context(threads=False)
        shapes.remember()
        loaded = _load(folder)
        _only(loaded, _not_loaded)
    except (ImportError, AttributeError, TypeError, OSError):
        return False
    if not loaded:
        return False
    with suppress(NotLoadedError):  # what comes after it is not warm; nothing else is lost
        use(script)
    _only(loaded, _leave)
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


def _load(folder: Path) -> dict[str, Any]:
    import jax

    cache: Any = importlib.import_module("jax._src.compilation_cache")
    compiler: Any = importlib.import_module("jax._src.compiler")
    client: Any = importlib.import_module("jaxlib.xla_client")
    device = jax.devices()[0]
    devices, options = client.DeviceList((device,)), compiler.get_compile_options(1, 1)
    loaded = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        packed = cache.decompress_executable(path.read_bytes())
        serialized, _ = cache.extract_executable_and_time(packed)
        executable = device.client.deserialize_executable(serialized, devices, options)
        if not _needs_threads(path.name, executable):
            loaded[path.name.removesuffix(SUFFIX)] = executable
    return loaded


def _needs_threads(name: str, executable: Any) -> bool:
    """Tell whether a worker would wait for good: to iterate over an array takes a step a row."""
    if not name.startswith(OF_MANY_STEPS):
        return False
    return bool(executable.get_compiled_memory_stats().argument_size_in_bytes > SMALL)


def _only(loaded: dict[str, Any], otherwise: Callable[..., Any]) -> None:
    """Let JAX find its executables in `loaded`, and call `otherwise` instead of the compiler."""
    cache: Any = importlib.import_module("jax._src.compilation_cache")
    compiler: Any = importlib.import_module("jax._src.compiler")
    cache.get_executable_and_time = lambda key, *_: (loaded.get(key), 0 if key in loaded else None)
    compiler.backend_compile_and_load = otherwise


def _not_loaded(*_: Any, **__: Any) -> Any:
    raise NotLoadedError


def _leave(*_: Any, **__: Any) -> Any:
    os._exit(NOT_WARM)


if __name__ == "__main__":  # see grader.sandbox.cache.fill
    share_context()
    use(sys.argv[1], [tuple(map(int, size.split(","))) for size in sys.argv[2:]])
