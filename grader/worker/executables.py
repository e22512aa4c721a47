"""The executables of a warm zygote and of its forks (beside the student).

The zygote loads what its neutral use of JAX needs out of the compile cache, and compiles nothing: a
fork of a process whose compiler has run cannot start another. A worker loads what else is in the
cache, and compiles what is not, on a backend of its own.
"""

import importlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grader.worker.second_backend import SecondBackend

NOT_WARM = 71  # the exit code of a worker that met what only a cold one can do
SUFFIX = "-cache"
# XLA runs a program of many steps on its threads, unless what it reads is as small as this.
SMALL, OF_MANY_STEPS = 512, "jit_unstack"


class NotLoadedError(Exception):
    """While warming up: a program has no executable that could be used after a fork."""


class Executables:
    """The executables of a warm zygote and of its forks: those of the compile cache, and others."""

    def __init__(self, folder: Path) -> None:
        """None is loaded yet. Raises ImportError or AttributeError where JAX looks otherwise."""
        import jax

        self.loaded: dict[str, Any] = {}
        self._folder = folder
        self._cache: Any = importlib.import_module("jax._src.compilation_cache")
        compiler: Any = importlib.import_module("jax._src.compiler")
        client: Any = importlib.import_module("jaxlib.xla_client")
        self._device, self._options = jax.devices()[0], compiler.get_compile_options(1, 1)
        self._devices = client.DeviceList((self._device,))
        self._second: SecondBackend | None = None

    def serve_zygote(self) -> None:
        """Let JAX find what can be used after a fork, in a process that will be forked."""
        _hook(self._load, _not_loaded)

    def serve_workers(self) -> None:
        """Let JAX find and compile all else, in forks of this process."""
        _hook(self._load_there, self._compile_there)

    def _load(self, key: str) -> Any:
        """Find an executable, and load it where it can be used after a fork; None for others."""
        if key not in self.loaded and (serialized := self._serialized(key)) is not None:
            client = self._device.client
            executable = client.deserialize_executable(serialized, self._devices, self._options)
            if not _needs_threads(key, executable):
                self.loaded[key] = executable
        return self.loaded.get(key)

    def _load_there(self, key: str) -> Any:
        """Find an executable, and load it with the second backend; None where there is none."""
        if key not in self.loaded and (serialized := self._serialized(key)) is not None:
            with _or_leave():
                second = self._second_backend()
                self.loaded[key] = second.load(serialized, self._options)
        return self.loaded.get(key)

    def _compile_there(
        self, _backend: Any, module: Any, _devices: Any, options: Any, callbacks: Sequence[Any]
    ) -> Any:
        """Compile with the second backend, as JAX's `backend_compile_and_load` would."""
        with _or_leave():
            return self._second_backend().compile(module, options, callbacks)

    def _serialized(self, key: str) -> bytes | None:
        try:
            packed = (self._folder / f"{key}{SUFFIX}").read_bytes()
        except OSError:
            return None
        serialized: bytes
        serialized, _ = self._cache.extract_executable_and_time(
            self._cache.decompress_executable(packed)
        )
        return serialized

    def _second_backend(self) -> SecondBackend:
        if self._second is None:
            self._second = SecondBackend(self._device)
        return self._second


@contextmanager
def _or_leave() -> Iterator[None]:
    """End a worker that meets what only a cold one can do, or can say what is wrong with."""
    try:
        yield
    except Exception:  # noqa: BLE001  # of XLA's many
        os._exit(NOT_WARM)


def _needs_threads(key: str, executable: Any) -> bool:
    """Tell whether a worker would wait for good: to iterate over an array takes a step a row."""
    if not key.startswith(OF_MANY_STEPS):
        return False
    return bool(executable.get_compiled_memory_stats().argument_size_in_bytes > SMALL)


def _hook(find: Callable[[str], Any], compile_it: Callable[..., Any]) -> None:
    """Let JAX ask `find` instead of its compile cache, and `compile_it` instead of its compiler."""
    cache: Any = importlib.import_module("jax._src.compilation_cache")
    compiler: Any = importlib.import_module("jax._src.compiler")

    def find_and_time(key: str, *_: Any) -> tuple[Any, int | None]:
        executable = find(key)
        return executable, None if executable is None else 0

    cache.get_executable_and_time = find_and_time
    compiler.backend_compile_and_load = compile_it


def _not_loaded(*_: Any, **__: Any) -> Any:
    raise NotLoadedError
