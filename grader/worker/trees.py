"""Trees on their way to and from a submission (beside the student)."""

from collections.abc import Mapping
from typing import Any, cast

import numpy as np

from grader import wire
from grader.worker import arrays

MAX_NAME = 100
LARGEST = 2**63 - 1


def encode(value: Any) -> wire.Value:
    """Turn any value into a tree; what is no array, number, word or container is its type's name.

    A tree that is too deep or has too many leaves is such another thing as a whole.
    """
    try:
        return _Encoder().encode(value, 0)
    except OverflowError:
        return wire.Other(_name(value))


class _Encoder:
    """Counts leaves: what a submission returns may be as large as it likes."""

    def __init__(self) -> None:
        self._left = wire.MAX_LEAVES

    def encode(self, value: Any, depth: int) -> wire.Value:
        self._left -= 1
        if self._left < 0 or depth > wire.MAX_DEPTH:
            raise OverflowError
        if isinstance(value, Mapping):
            items = {_key(key): self.encode(item, depth + 1) for key, item in value.items()}
            return wire.Map(items)
        if isinstance(value, list | tuple):
            kind = "tuple" if isinstance(value, tuple) else "list"
            return wire.Items(kind, tuple(self.encode(item, depth + 1) for item in value))
        return _leaf(value)


def _leaf(value: Any) -> wire.Value:
    if value is None or type(value) in (bool, float):
        return cast(wire.Value, value)
    if type(value) is int and abs(value) <= LARGEST:
        return value
    if type(value) is str:
        return value[: wire.MAX_TEXT].encode("utf-8", "replace").decode()
    if _is_key(value):
        return _key_array(value)
    found, is_array = arrays.find(value)
    return found if is_array and found is not None else wire.Other(_name(value))


def _is_key(value: Any) -> bool:
    import jax

    return isinstance(value, jax.Array) and str(value.dtype).startswith("key<")


def _key_array(value: Any) -> wire.Array:
    """A random key of the new kind: its words, under the name of its own dtype."""
    import jax

    words = arrays.encode(jax.random.key_data(value))
    return wire.Array(str(value.dtype), words.shape, words.data)


def _key(key: Any) -> str:
    shown = key if type(key) is str else repr(key) if type(key) is int else _name(key)
    return shown[:MAX_NAME].encode("utf-8", "replace").decode()


def _name(value: Any) -> str:
    return type(value).__name__[:MAX_NAME]


def decode(value: wire.Value, numpy: bool) -> Any:
    """Give what the function is called with; arrays are JAX's or writable ones of NumPy."""
    match value:
        case wire.Array():
            return arrays.decode(value, numpy)
        case wire.Map():
            return {name: decode(item, numpy) for name, item in value.items.items()}
        case wire.Items():
            items = [decode(item, numpy) for item in value.items]
            return tuple(items) if value.type == "tuple" else items
    return value


def can_change(value: Any) -> bool:
    """Tell whether a call could change a value that it is handed."""
    return isinstance(value, dict | list | np.ndarray) or (
        isinstance(value, tuple) and any(map(can_change, value))
    )
