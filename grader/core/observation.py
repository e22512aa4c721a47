"""What the worker saw for one case: an array, something else, or an exception (trusted side).

Everything here was sent by a process that ran a submission: parsed strictly, believed never. This
is the one door. What comes through it has a rank and a size with a bound, numbers of two types, and
texts that are short; what a layer computed with has two axes at the most and is finite, or is
left out.
"""

import math
from dataclasses import dataclass

import numpy as np

from grader import wire
from grader.core.text import clean
from grader.core.tree import ARRAY, Branch, Leaf, Tree

MAX_AXES = 64  # as many as NumPy has
MAX_NAME = 100
MAX_FRAMES = 8
MAX_LINE = 10**7
LARGEST = float(np.finfo(np.float32).max)
_TRAVELS_AS = {
    **{n: n for n in ("float16", "float32", "float64", "bool", "complex64", "complex128")},
    **{f"{s}int{b}": f"{s}int{b}" for s in ("", "u") for b in (8, 16, 32, 64)},
    **{f"key<{name}>": "uint32" for name in ("fry", "rbg", "urbg")},
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
    """A returned value: `array` is its numbers, if it holds any; `bare` if it is an array.

    Of an answer that was asked for whole, `tree` is all of it, and there is no `array`.
    """

    type: str
    dtype: str
    shape: tuple[int, ...]
    array: np.ndarray | None
    bare: bool
    mutated: bool = False
    tree: Tree | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether it is an array without a number in it."""
        return self.array is not None and not self.array.size

    @property
    def is_finite(self) -> bool:
        """Tell whether it holds numbers, none of them NaN or infinite."""
        return self.array is not None and is_finite(self.array)


Observation = Returned | Raised


def parse(reply: wire.Returned | wire.Raised, whole: bool = False) -> Observation:
    """Turn a reply into an observation; raises FrameError when its parts contradict each other.

    `whole` tells that the answer was asked for whole.
    """
    if isinstance(reply, wire.Raised):
        return parse_raised(reply)
    type = reply.type[:MAX_NAME]
    if whole:
        tree = parse_tree(reply.tree)
        return Returned(type, "", (), None, bare=False, mutated=reply.mutated, tree=tree)
    if reply.array is None:
        return Returned(type, "", (), None, bare=False, mutated=reply.mutated)
    array = parse_array(reply.array)
    dtype, shape = reply.array.dtype[:MAX_NAME], reply.array.shape
    return Returned(type, dtype, shape, array, reply.bare, reply.mutated)


def parse_raised(reply: wire.Raised) -> Raised:
    """Turn an exception into an observation: bounded, with lines that a file can have."""
    lines = [(line, name[:MAX_NAME]) for line, name in reply.frames if 0 < line <= MAX_LINE]
    message = reply.message[: wire.MAX_TEXT]
    return Raised(
        reply.type[:MAX_NAME], message, tuple(lines[-MAX_FRAMES:]), reply.cause[:MAX_NAME]
    )


def unworded(seen: Observation) -> Observation:
    """An observation whose words are not to be quoted: that it raised, and nothing of what."""
    return Raised(seen.type, "", ()) if isinstance(seen, Raised) else seen


def parse_computed(frame: wire.Array | None, *axes: int) -> np.ndarray | None:
    """What a layer is said to have computed with: real numbers of float32's range, in so many axes.

    Of everything else there is nothing to be computed, and LAPACK would print what it thinks of it.
    """
    try:
        array = None if frame is None else parse_array(frame)
    except wire.FrameError:
        return None
    if array is None or array.ndim not in axes or array.dtype.kind == "c" or not is_finite(array):
        return None
    return array if np.abs(array).max() <= LARGEST else None


def is_finite(array: np.ndarray) -> bool:
    """Tell whether an array of any shape has numbers, none of them NaN or infinite."""
    return bool(array.size and np.isfinite(array).all())


def parse_tree(value: wire.Value) -> Tree:
    """Turn a value into a tree; raises FrameError for one that our worker would not send."""
    left = [wire.MAX_LEAVES, wire.MAX_ELEMENTS]

    def parsed(value: wire.Value, depth: int) -> Tree:
        left[0] -= 1
        if left[0] < 0 or depth > wire.MAX_DEPTH:
            raise wire.FrameError("too large a tree")
        match value:
            case wire.Array():
                array = parse_array(value)
                left[1] -= 0 if array is None else array.size
                if left[1] < 0:
                    raise wire.FrameError("too many elements")
                return Leaf(ARRAY, clean(value.dtype, MAX_NAME), value.shape, array)
            case wire.Map():
                named = {clean(k, MAX_NAME): parsed(v, depth + 1) for k, v in value.items.items()}
                return Branch("dict", named)
            case wire.Items():
                kind = "tuple" if value.type == "tuple" else "list"
                return Branch(
                    kind, {str(i): parsed(v, depth + 1) for i, v in enumerate(value.items)}
                )
            case wire.Other():
                return Leaf(clean(value.type, MAX_NAME))
            case str():
                return Leaf("str", text=value[: wire.MAX_TEXT])
            case bool() | int() | float():
                return Leaf(type(value).__name__, values=np.array(float(value)))
        return Leaf("NoneType")

    return parsed(value, 0)


def parse_array(frame: wire.Array) -> np.ndarray | None:
    """Turn a frame into float64 or complex128 numbers of its shape; None when it has none."""
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
