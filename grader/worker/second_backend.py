"""A backend of a warm worker's own, for programs that it was not forked with (beside the student).

The backend of the process that it was forked from has lost its threads, and what loads or compiles
a program waits for them. So this is done by a second one, which is started in the worker. The same
compiler with the same options gives the same program there: only arrays go back and forth, as they
are.

The hooks are private parts of JAX: where one looks otherwise, `SecondBackend` raises an exception.
"""

import importlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

NOT_WARM = 71  # the exit code of a worker that met what only a cold one can do
# What a program's text says where an argument is gone after the call, or calls have an order.
BOUND = ("jax.buffer_donor", "tf.aliasing_output", "!stablehlo.token")


class NotHereError(Exception):
    """A program has to run on the backend that its arrays are on."""


class SecondBackend:
    """JAX's client for the CPU once more."""

    def __init__(self, home: Any) -> None:
        """Start it, for programs whose arrays are on the device `home`."""
        xla: Any = importlib.import_module("jaxlib.xla_client")
        self._client = xla.make_cpu_client(asynchronous=False)
        (device, *_) = self._client.local_devices()
        self._devices = xla.DeviceList((device,))
        self._home, self._there = Place(home), Place(device)
        _call_in_python()

    def load(self, serialized: bytes, options: Any) -> "Elsewhere":
        """Load a program out of the compile cache."""
        loaded = self._client.deserialize_executable(serialized, self._devices, options)
        return Elsewhere(loaded, self._home, self._there)

    def compile(self, module: Any, options: Any, callbacks: Sequence[Any]) -> "Elsewhere":
        """Compile a program.

        Raises NotHereError for one that takes its arguments' memory, or calls Python in order.
        """
        text = str(module)
        if any(word in text for word in BOUND):
            raise NotHereError
        about = (callbacks,) if callbacks else ()
        compiled = self._client.compile_and_load(module, self._devices, options, *about)
        return Elsewhere(compiled, self._home, self._there)


class InWorker:
    """Loads and compiles for a fork, and ends one that meets what only a cold worker can do."""

    def __init__(self, home: Any, options: Any) -> None:
        """The device that JAX knows of, and its options for the compiler."""
        self._home, self._options = home, options
        self._backend: SecondBackend | None = None

    def load(self, _file: str, serialized: bytes) -> Any:
        """Load a program out of the compile cache."""
        with self._or_leave() as backend:
            return backend.load(serialized, self._options)

    def compile(self, _: Any, module: Any, __: Any, options: Any, callbacks: Sequence[Any]) -> Any:
        """Compile as JAX's `backend_compile_and_load` does."""
        with self._or_leave() as backend:
            return backend.compile(module, options, callbacks)

    @contextmanager
    def _or_leave(self) -> Iterator[SecondBackend]:
        try:
            if self._backend is None:
                self._backend = SecondBackend(self._home)
            yield self._backend
        except Exception:  # noqa: BLE001  # of XLA's many; a cold worker can say what is wrong
            os._exit(NOT_WARM)


class Place:
    """A device, and how arrays get to it: as they are, without JAX's ways to choose another."""

    def __init__(self, device: Any) -> None:
        """The device of either backend."""
        import jax

        self.device = device
        self._sharding = jax.sharding.SingleDeviceSharding(device)
        self._put: Any = importlib.import_module("jaxlib.xla_client").batched_device_put

    def copy(self, array: Any) -> Any:
        """Put an array of another device here."""
        import jax
        import numpy as np

        values = np.asarray(array)
        kind = jax.core.ShapedArray(values.shape, values.dtype)
        return self._put(kind, self._sharding, [values], [self.device], True, enable_x64=True)


class Elsewhere:
    """An executable of the second backend, for JAX to use as one of the first."""

    def __init__(self, executable: Any, home: Place, there: Place) -> None:
        """`home` is where JAX has its arrays, `there` what runs it."""
        self._executable, self._home, self._there = executable, home, there

    def __getattr__(self, name: str) -> Any:
        """All else is as the compiler made it."""
        return getattr(self._executable, name)

    def local_devices(self) -> list[Any]:
        """Where its arrays are."""
        return [self._home.device]

    def execute_sharded(self, arrays: Sequence[Any], with_tokens: bool = False) -> "Results":
        """Run it."""
        given = [self._there.copy(array) for array in arrays]
        return Results(self._executable.execute_sharded(given, with_tokens=with_tokens), self._home)


class Results:
    """What an executable gave, as JAX takes it over."""

    def __init__(self, results: Any, home: Place) -> None:
        """`home` is where its arrays are to be."""
        self._results, self._home = results, home

    def consume_with_handlers(
        self, handlers: Sequence[Callable[..., Any]], strict: bool = True
    ) -> list[Any]:
        """Let JAX make of them what the program promises (arrays, random keys)."""
        if not handlers:  # for the tokens of ordered effects, of which there are none
            return []
        arrays = self._results.disassemble_into_single_device_arrays()
        pairs = zip(handlers, arrays, strict=strict)
        return [handle([self._home.copy(array)]) for handle, (array,) in pairs]

    def consume_token(self) -> Any:
        """Where its calls of Python are waited for."""
        return self._results.consume_token()


def _call_in_python() -> None:
    """Keep JAX from calling such executables from C++, which takes none but its own."""
    dispatch: Any = importlib.import_module("jax._src.interpreters.pxla")
    from_c = dispatch.MeshExecutableFastpathData

    def unless_elsewhere(executable: Any, *about: Any) -> Any:
        return None if isinstance(executable, Elsewhere) else from_c(executable, *about)

    dispatch.MeshExecutableFastpathData = unless_elsewhere
