"""One set of inputs of the exercise's function (trusted side)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from grader import wire

Value = (
    None
    | bool
    | int
    | float
    | str
    | np.ndarray
    | dict[str, "Value"]
    | list["Value"]
    | tuple["Value", ...]
)


@dataclass(frozen=True)
class Case:
    """Inputs by parameter name, in call order; `public` cases are shown to students."""

    id: str
    public: bool
    arguments: dict[str, Value]

    def integer(self, name: str) -> int:
        """Give an argument that is a whole number."""
        value = self.arguments[name]
        assert isinstance(value, int)
        return value

    def array(self, name: str) -> np.ndarray:
        """Give an argument that is an array, of whatever shape the exercise gives it."""
        value = self.arguments[name]
        assert isinstance(value, np.ndarray)
        return value

    def is_as(self, other: "Case") -> bool:
        """Tell whether another case is a call with the same arguments."""
        return self.to_wire() == other.to_wire()

    def to_wire(self) -> dict[str, wire.Value]:
        """Give the arguments as they travel."""
        return {name: pack(value) for name, value in self.arguments.items()}


def repeated(cases: Iterable[Case]) -> Iterator[tuple[Case, Case]]:
    """Give each call that comes again, after the first one with the same arguments."""
    before: list[tuple[Case, dict[str, wire.Value]]] = []
    for case in cases:
        sent = case.to_wire()
        first = next((c for c, s in before if s == sent), None)
        if first is not None:
            yield first, case
        before.append((case, sent))


def pack(value: Value) -> wire.Value:
    """Turn an argument into what travels."""
    match value:
        case np.ndarray():
            return wire.Array(value.dtype.name, value.shape, np.ascontiguousarray(value).tobytes())
        case dict():
            return wire.Map({name: pack(item) for name, item in value.items()})
        case list() | tuple():
            return wire.Items(type(value).__name__, tuple(map(pack, value)))
    return value


def unpack(value: wire.Value) -> Value:
    """Undo `pack`; raises ValueError for what it does not make."""
    match value:
        case wire.Array(data=None) | wire.Other():
            raise ValueError("an argument without elements")
        case wire.Array():
            return np.frombuffer(value.data or b"", value.dtype).reshape(value.shape)
        case wire.Map():
            return {name: unpack(item) for name, item in value.items.items()}
        case wire.Items():
            items = [unpack(item) for item in value.items]
            return tuple(items) if value.type == "tuple" else items
    return value
