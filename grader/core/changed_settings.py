"""The settings of JAX and Flax that a program changes, and the sentence on them (trusted side)."""

import ast
from collections.abc import Iterable

from grader.core.source import Source
from grader.settings import SETTINGS, known


def in_source(source: Source) -> tuple[str, ...]:
    """The settings that a source changes for a while, in a with block or in a call."""
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in source.find(ast.Call)
    }
    return tuple(name for name in SETTINGS if name.removeprefix("jax_") in called)


def changed_by(source: Source, left: Iterable[str]) -> tuple[str, ...]:
    """The settings that a program left changed, as it says, or that its source changes."""
    return known((*left, *in_source(source)))


def sentence(names: Iterable[str]) -> str:
    """Say which settings a program changes, and what changes with each; empty for none.

    For wrong answers: of right ones nothing is to be said.
    """
    told = [f"{name}: {SETTINGS[name]}" for name in known(names)]
    if not told:
        return ""
    return (
        f"The file changes how JAX works ({'; '.join(told)}). The expected answers were made with "
        "JAX as it comes: take the setting out, and check again."
    )
