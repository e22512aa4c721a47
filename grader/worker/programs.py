"""Finds programs by what they compute, before JAX lowers them (beside the student).

A program that has a name (`structure`) is looked for among those that this process has used and in
the compile cache, where a small file of that name says which of JAX's it is. So it is neither
lowered nor compiled again, in a function that jits anew in each call or in a process that starts
afresh. What has no name, or is not found, takes JAX's own way.

The hooks are private parts of JAX: where one is missing, nothing is found or changed, and `undo` is
for who sees that one does not do.
"""

import importlib
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from grader.worker.structure import Names, circumstances
from grader.worker.walls import limits

SUFFIX = "-cache"  # of a program, after JAX's name for it
NAME = "-name"  # of a file that holds JAX's name, after the program's own


class Unlowered:
    """Stands for a program's text, which is made when it is needed."""

    def __init__(self, name: str, lower: Callable[[], tuple[Any, ...]]) -> None:
        """`lower` is JAX's own way."""
        self.name, self._lower = name, lower

    @cached_property
    def text(self) -> Any:
        """JAX's module."""
        return self._lower()[0]


class Programs:
    """The programs of this process."""

    def __init__(self, folder: Path | None, *, writes: bool) -> None:
        """Let JAX find programs here, and in its compile cache; names may be written there too.

        Raises ImportError, AttributeError or TypeError where JAX looks otherwise.
        """
        import jax

        self.used: set[str] = set()  # files of the compile cache
        self._folder, self._writes = folder, writes
        self._by_name: dict[str, Any] = {}
        self._by_file: dict[str, Any] = {}
        self._before: list[tuple[Any, str, Any]] = []
        self._asked = ""  # the last name of JAX's that was looked for
        self._names = Names(circumstances())
        self._cache: Any = importlib.import_module("jax._src.compilation_cache")
        compiler: Any = importlib.import_module("jax._src.compiler")
        (self.device, *others) = jax.devices()
        self._devices: Any = importlib.import_module("jaxlib.xla_client").DeviceList((self.device,))
        self.options = compiler.get_compile_options(1, 1)
        # From a file's name and content an executable; None for one that cannot be used here.
        self.load: Callable[[str, bytes], Any] = self._load
        if not others:
            self._hook()

    def _load(self, _file: str, serialized: bytes) -> Any:
        client = self.device.client
        return client.deserialize_executable(serialized, self._devices, self.options)

    def _hook(self) -> None:
        pxla: Any = importlib.import_module("jax._src.interpreters.pxla")
        lower, compile_it = pxla._cached_lowering_to_hlo, pxla._cached_compilation
        text = pxla.MeshComputation.stablehlo

        def lower_later(
            program: Any, title: str, backend: Any, *about: Any, **parameters: Any
        ) -> Any:
            def now() -> Any:
                return lower(program, title, backend, *about, **parameters)

            for_export = parameters["lowering_parameters"].for_export
            if for_export or backend is not self.device.client:
                return now()
            plain = [getattr(part, "shardings", part) for part in about]
            name = self._names.name(program, title, plain, parameters)
            if name is None:
                return now()
            # No calls of Python, no effects, arguments one by one, and only shapes that are known.
            return Unlowered(name, now), [], [], [], [], False, None

        def compile_once(text: Any, *about: Any) -> Any:
            if not isinstance(text, Unlowered):
                return compile_it(text, *about)
            *_, options, _ = about
            if options:  # the student's, for the compiler
                return compile_it(text.text, *about)
            executable = self._named(text.name)
            if executable is None:
                self._asked = ""
                executable = self._by_name[text.name] = compile_it(text.text, *about)
                self._write(text.name)
            return executable

        def text_of(computation: Any) -> Any:
            made = text(computation)
            return made.text if isinstance(made, Unlowered) else made

        for place, name, instead in (
            (pxla, "_cached_lowering_to_hlo", lower_later),
            (pxla, "_cached_compilation", compile_once),
            (pxla.MeshComputation, "stablehlo", text_of),
            (self._cache, "get_executable_and_time", self._find_and_time),
        ):
            self._before.append((place, name, getattr(place, name)))
            setattr(place, name, instead)

    def undo(self) -> None:
        """Let JAX take its own way again."""
        import jax

        while self._before:
            setattr(*self._before.pop())
        jax.clear_caches()  # type: ignore[no-untyped-call]  # of what stands for a text

    def _find_and_time(self, jax_name: str, *_: Any) -> tuple[Any, int | None]:
        """What JAX asks its compile cache."""
        self._asked = jax_name
        executable = self._in_file(jax_name + SUFFIX)
        return executable, None if executable is None else 0

    def _named(self, name: str) -> Any:
        if name not in self._by_name and self._folder is not None:
            with suppress(OSError):
                file = (self._folder / (name + NAME)).read_text("ascii") + SUFFIX
                if (executable := self._in_file(file)) is not None:
                    self._by_name[name] = executable
        return self._by_name.get(name)

    def _in_file(self, file: str) -> Any:
        self.used.add(file)
        if file not in self._by_file and self._folder is not None:
            with suppress(Exception):  # what cannot be read is compiled
                packed = self._cache.decompress_executable((self._folder / file).read_bytes())
                serialized, _ = self._cache.extract_executable_and_time(packed)
                if (executable := self.load(file, serialized)) is not None:
                    self._by_file[file] = executable
        return self._by_file.get(file)

    def _write(self, name: str) -> None:
        if self._writes and self._folder and (self._folder / (self._asked + SUFFIX)).exists():
            (self._folder / (name + NAME)).write_text(self._asked, "ascii")


@cache
def find_here() -> Programs:
    """The programs of this process, which JAX finds from now on; its environment says where."""
    folder = os.environ.get(limits.CACHE)
    return Programs(
        Path(folder) if folder else None, writes=bool(os.environ.get(limits.FILL_CACHE))
    )
