"""Remembers which shapes JAX's own initialisers and keys have (beside the student).

Whenever a layer uses a parameter, Flax traces its initialiser anew, to hold the shape against the
value's; so it does with keys. That is a third of an eager program's time, and what comes out is the
same each time.

The hook is a private part of Flax: where it looks otherwise, nothing is remembered or changed.
"""

import importlib
from collections.abc import Callable
from contextlib import suppress
from types import FunctionType
from typing import Any

SCOPES = "flax.core.scope"
INITIALISERS = ("jax.nn.initializers", "jax._src.nn.initializers")
CLOSED_OVER = ("init_args", "init_fn", "init_kwargs")  # by what Flax asks the shape of


class Remembering:
    """Stands for JAX in Flax's module of scopes, and asks it each thing once."""

    def __init__(self, jax: Any) -> None:
        """Nothing is known yet."""
        self._jax = jax
        self._config: Any = importlib.import_module("jax._src.config")
        self._known: dict[Any, Any] = {}

    def __getattr__(self, name: str) -> Any:
        """All else is JAX's."""
        return getattr(self._jax, name)

    def eval_shape(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """The shape of what a function returns, as JAX has told it for equal arguments."""
        asked = None if named else self._asked(function, arguments)
        try:
            return self._known[asked]
        except (KeyError, TypeError):  # not known, or arguments that cannot be told from others
            found = self._jax.eval_shape(function, *arguments, **named)
        if asked is not None:
            with suppress(TypeError):
                self._known[asked] = found
        return found

    def _asked(self, function: Any, arguments: tuple[Any, ...]) -> Any:
        """What the shape depends on, where Flax itself asks; None for what may be anything else."""
        if not isinstance(function, FunctionType) or function.__module__ != SCOPES:
            return None
        cells = [cell.cell_contents for cell in function.__closure__ or ()]
        if cells and (arguments or function.__code__.co_freevars != CLOSED_OVER):
            return None
        if cells:
            values, initialiser, named = cells
            if getattr(initialiser, "__module__", "") not in INITIALISERS or not _is_plain(values):
                return None
            cells = [values, initialiser, *named.items()]
        settings = (self._config.trace_context(), self._jax.config.jax_default_prng_impl)
        return function.__code__, tuple(cells), arguments, settings


def _is_plain(values: Any) -> bool:
    """Tell whether a shape comes first, of whole numbers: 5.0 equals 5, and is none."""
    return bool(values) and type(values[0]) is tuple and {int}.issuperset(map(type, values[0]))


def remember() -> None:
    """Let Flax ask for each shape once, in this process and its forks."""
    scopes: Any = importlib.import_module(SCOPES)
    if not isinstance(scopes.jax, Remembering):
        scopes.jax = Remembering(scopes.jax)
