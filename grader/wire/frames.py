"""The frames: what the trusted side and a worker say to each other."""

from typing import Any

import msgspec

from grader.wire.value import Array, Frame, Value

MAX_TEXT = 2000
MAX_ITEMS = 64


class Load(Frame, frozen=True):
    """To the worker: take this file, with files that it imports; find this function in it."""

    name: str
    source: bytes
    function: str
    parameters: tuple[str, ...]
    # By path beside the file, as `pkg/utils.py`.
    helpers: dict[str, bytes] = msgspec.field(default_factory=dict)


class Call(Frame, frozen=True):
    """To the worker: call the function, in one of the ways in which it may be called.

    `numpy` hands arrays over as writable NumPy arrays, or as JAX's where the function takes no
    others; `count` counts the calls that initialise a Flax Module. Of a `whole` answer the tree is
    sent back, and not the array that is in it.
    """

    arguments: dict[str, Value]
    by_keyword: bool = False
    numpy: bool = False
    count: bool = False
    whole: bool = False


class Inquire(Frame, frozen=True):
    """To the worker: which settings of JAX and Flax did the program leave changed?"""


class Observe(Frame, frozen=True):
    """To the worker: call the function and tell which Flax Modules it called, with what."""

    arguments: dict[str, Value]


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
    a tuple, a number ... `mutated` tells that the call changed what it was handed, at any depth;
    `init_calls` how often an outermost Module was initialised, if that was counted. `tree` is all
    of an answer that was asked for whole.
    """

    type: str
    array: Array | None
    bare: bool
    mutated: bool = False
    init_calls: int | None = None
    tree: Value = None


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
