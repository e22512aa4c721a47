"""Imports JAX and Flax, and not yet what they need only for tables, accelerators or storage afar.

That is a sixth of what their import takes. What is put off is read when something in it is asked
for, behind the walls too. Without `etils` JAX reads files as Python does, which is all that there
is to read here; whoever imports it later gets it.
"""

import importlib.util
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder

FOR_TABLES = ("rich.console", "rich.table", "rich.text", "yaml")
FOR_ACCELERATORS = ("jax.extend.pallas", "jaxlib.mosaic.python.tpu")
FOR_LOGS = ("absl.logging",)
PUT_OFF = frozenset((*FOR_TABLES, *FOR_ACCELERATORS, *FOR_LOGS))
FOR_STORAGE = "etils"


def jax_and_flax() -> None:
    """Import both, and what watches calls of theirs."""
    sys.meta_path.insert(0, _WhenAsked())
    sys.modules[FOR_STORAGE] = None  # type: ignore[assignment]  # how Python marks what is not there
    try:
        import jax.numpy  # noqa: F401

        import grader.worker.observer  # noqa: F401
    finally:
        del sys.modules[FOR_STORAGE]
        del sys.meta_path[0]


class _WhenAsked:
    """Finds the modules that are put off; they are read when something in them is asked for."""

    @staticmethod
    def find_spec(
        name: str,
        path: Sequence[str] | None = None,
        target: object = None,  # noqa: ARG004
    ) -> ModuleSpec | None:
        """What the import system asks."""
        spec = PathFinder.find_spec(name, path) if name in PUT_OFF else None
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec
