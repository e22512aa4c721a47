"""One set of inputs of the exercise's function (trusted side)."""

from dataclasses import dataclass

import numpy as np

from grader import wire

Value = int | np.ndarray


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

    def to_wire(self) -> dict[str, wire.Argument]:
        """Give the arguments as frames: integers as they are, arrays as float32."""
        return {name: pack(value) for name, value in self.arguments.items()}


def pack(value: Value) -> wire.Argument:
    """Turn one argument into what travels."""
    if isinstance(value, int):
        return value
    return wire.Array(value.dtype.name, value.shape, np.ascontiguousarray(value).tobytes())


def unpack(value: wire.Argument) -> Value:
    """Undo `pack`; raises ValueError when shape and bytes disagree."""
    if isinstance(value, int):
        return value
    if value.data is None:
        raise ValueError("an argument without elements")
    return np.frombuffer(value.data, value.dtype).reshape(value.shape)
