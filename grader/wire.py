"""The frames between the trusted side and a worker: all that the two sides share.

A frame is a 4-byte big-endian length and that many bytes of msgpack, decoded into exactly one of
the types below. Whatever does not decode is refused; nothing is unpickled or looked up by name.
"""

import os
import struct
from typing import Any, TypeVar

import msgspec

MAX_FRAME = 8 * 2**20
MAX_TEXT = 2000
MAX_ITEMS = 64
MAX_ELEMENTS = 100_000  # of one array: far above any right answer, far below MAX_FRAME


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=True, tag_field="frame"):
    """Base of everything that travels: immutable, tagged with its class name, strict."""


class Array(Frame, frozen=True):
    """An array: its dtype's name, its shape, its elements (little-endian, C order).

    Dtypes that NumPy does not have (bfloat16, ...) keep their name and travel as float32; an array
    that is too large, or holds no numbers, travels without `data`.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes | None


Argument = int | Array


class Load(Frame, frozen=True):
    """To the worker: take this file, with files that it imports; find this function in it."""

    name: str
    source: bytes
    function: str
    parameters: tuple[str, ...]
    helpers: dict[str, bytes] = {}  # by path beside the file, as `pkg/utils.py`


class Call(Frame, frozen=True):
    """To the worker: call the function, in one of the ways in which it may be called.

    `numpy` hands arrays over as writable NumPy arrays, or as JAX's where the function takes no
    others; `count` counts the calls that initialise a Flax Module.
    """

    arguments: dict[str, Argument]
    by_keyword: bool = False
    numpy: bool = False
    count: bool = False


class Inquire(Frame, frozen=True):
    """To the worker: which settings of JAX and Flax did the program leave changed?"""


class Observe(Frame, frozen=True):
    """To the worker: call the function and tell which Flax Modules it called, with what."""

    arguments: dict[str, Argument]


class Hello(Frame, frozen=True):
    """From the worker, before any submission is loaded: versions, calibration draws, walls."""

    versions: dict[str, str]
    probe: Array
    isolation: tuple[str, ...] = ()


class Raised(Frame, frozen=True):
    """An exception: type, message and the (line, function) frames in the student's own file.

    `cause` is the kind of its cause, if one is known (`grader.worker.causes`).
    """

    type: str
    message: str
    frames: tuple[tuple[int, str], ...] = ()
    cause: str = ""


class Ready(Frame, frozen=True):
    """The submission is loaded and its function can be called."""


class Refused(Frame, frozen=True):
    """The submission cannot be called: the status that says why, and what was seen."""

    status: str
    error: Raised | None = None
    names: tuple[str, ...] = ()
    signature: str = ""


class Returned(Frame, frozen=True):
    """What a call returned: its type's name, and the array that it is or contains.

    `bare` is true when the value itself is an array, false when `array` was found inside a list,
    a tuple, a number ... `mutated` tells that the call changed the array x it was handed;
    `init_calls` how often an outermost Module was initialised, if that was counted.
    """

    type: str
    array: Array | None
    bare: bool
    mutated: bool = False
    init_calls: int | None = None


class Settings(Frame, frozen=True):
    """The names of settings that are no longer what they were before the submission was loaded."""

    names: tuple[str, ...]


class ModuleCall(Frame, frozen=True):
    """One call of an outermost or of a Dense Module, as Flax's interceptor saw it."""

    type: str
    initialising: bool
    outermost: bool
    default_init: bool
    kernel: Array | None = None
    output: Array | None = None


class Observed(Frame, frozen=True):
    """The Module calls of one call of the function, and its answer, if that is an array."""

    calls: tuple[ModuleCall, ...]
    answer: Array | None = None
    error: Raised | None = None


Command = Load | Call | Observe | Inquire
Loaded = Ready | Refused
Answer = Returned | Raised
# The same unions as values: what a channel is asked to receive.
COMMAND: Any = Command
LOADED: Any = Loaded
ANSWER: Any = Answer

_T = TypeVar("_T")
_HEADER = struct.Struct(">I")


class FrameError(Exception):
    """The bytes on the channel are not a frame of the expected type, or there are none."""


class Channel:
    """Frames over a pair of file descriptors (the same one twice for a socket)."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        """Take two open descriptors; the channel does not close them."""
        self._read_fd, self._write_fd = read_fd, write_fd

    def send(self, frame: Frame) -> None:
        """Write one frame whole; raises OSError when the other side is gone."""
        body = msgspec.msgpack.encode(frame)
        view = memoryview(_HEADER.pack(len(body)) + body)
        while view:
            view = view[os.write(self._write_fd, view) :]

    def receive(self, kind: type[_T]) -> _T:
        """Read one frame of a type (or union of types); raises FrameError for anything else."""
        (length,) = _HEADER.unpack(self._read(_HEADER.size))
        if length > MAX_FRAME:
            raise FrameError(f"a frame of {length} bytes")
        try:
            return msgspec.msgpack.decode(self._read(length), type=kind)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise FrameError(str(error)) from None

    def _read(self, count: int) -> bytes:
        chunks = bytearray()
        while len(chunks) < count:
            try:
                chunk = os.read(self._read_fd, min(count - len(chunks), 2**16))
            except OSError as error:
                raise FrameError(str(error)) from None
            if not chunk:
                raise FrameError("the channel was closed")
            chunks += chunk
        return bytes(chunks)
