"""What the worker saw for one case: an array, something else, or an exception (trusted side).

Everything here was sent by a process that ran a submission: parsed strictly, believed never.
"""

import math
from dataclasses import dataclass

import numpy as np

from grader import wire

MAX_AXES = 64  # as many as NumPy has
FLOATS = ("float16", "bfloat16", "float32", "float64")
_TRAVELS_AS = {
    **{n: n for n in ("float16", "float32", "float64", "bool", "complex64", "complex128")},
    **{f"{s}int{b}": f"{s}int{b}" for s in ("", "u") for b in (8, 16, 32, 64)},
}


@dataclass(frozen=True)
class Raised:
    """An exception and the (line, function) frames of the student's file, outermost first.

    `cause` is the kind of its cause, as the worker says; empty where none is known.
    """

    type: str
    message: str
    frames: tuple[tuple[int, str], ...]
    cause: str = ""

    @property
    def line(self) -> int | None:
        """The student's innermost line, if the exception passed through the file."""
        return self.frames[-1][0] if self.frames else None


@dataclass(frozen=True)
class Returned:
    """A returned value: `array` is its numbers, if it holds any; `bare` if it is an array."""

    type: str
    dtype: str
    shape: tuple[int, ...]
    array: np.ndarray | None
    bare: bool
    mutated: bool = False


Observation = Returned | Raised


def parse(reply: wire.Returned | wire.Raised) -> Observation:
    """Turn a reply into an observation; raises FrameError when its parts contradict each other."""
    if isinstance(reply, wire.Raised):
        return Raised(reply.type, reply.message, reply.frames, reply.cause)
    if reply.array is None:
        return Returned(reply.type, "", (), None, bare=False, mutated=reply.mutated)
    array = parse_array(reply.array)
    shape = reply.array.shape
    return Returned(reply.type, reply.array.dtype, shape, array, reply.bare, reply.mutated)


def parse_array(frame: wire.Array) -> np.ndarray | None:
    """Turn an array frame into float64 or complex128 numbers; None when it came without any."""
    if len(frame.shape) > MAX_AXES or any(n < 0 for n in frame.shape):
        raise wire.FrameError("an impossible shape")
    if frame.data is None:
        return None
    if math.prod(frame.shape) > wire.MAX_ELEMENTS:  # our worker sends none: eight times the memory
        raise wire.FrameError("too many elements")
    dtype = np.dtype(_TRAVELS_AS.get(frame.dtype, "float32")).newbyteorder("<")
    try:
        array = np.frombuffer(frame.data, dtype).reshape(frame.shape)
    except (ValueError, OverflowError):
        raise wire.FrameError("shape and elements disagree") from None
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
