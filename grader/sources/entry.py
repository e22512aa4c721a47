"""What a source gives: submissions with their owners, and what was refused (trusted side)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from grader.core.submission import Submission

if TYPE_CHECKING:
    from grader.core.exercise import Exercise


@dataclass(frozen=True)
class Wanted:
    """What is to be handed in: the name and text of the file handed out, and its function."""

    stub: str
    function: str
    handed_out: bytes = b""

    @classmethod
    def of(cls, exercise: "Exercise") -> "Wanted":
        """What an exercise asks for."""
        return cls(exercise.stub.name, exercise.function, exercise.stub.read_bytes())


class Owner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose a submission is, as the platform names them; `id` alone says who that is."""

    system: str
    id: str
    name: str = ""
    email: str = ""


class Refused(msgspec.Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """What was not graded: where it is in its source, why, and whose it is where that is known."""

    place: str
    reason: str
    owners: tuple[Owner, ...] = ()


@dataclass(frozen=True)
class Found:
    """A submission without an id: those it wishes for, best first, and where it was found."""

    wishes: tuple[str, ...]
    place: str
    shown: str  # the place without what lies above the source
    name: str
    read: Callable[[], Submission]
    owners: tuple[Owner, ...] = ()


@dataclass(frozen=True)
class Listing:
    """What a layout sees in a tree; `fits` tells whether most of the tree is of its kind."""

    fits: bool
    found: tuple[Found, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One submission: `id` names its report. `read` gives it, or raises UnreadableError.

    `place` is where it lay in its source, as a summary says it.
    """

    id: str
    name: str
    read: Callable[[], Submission]
    owners: tuple[Owner, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Class:
    """All that is to be graded, in order of ids, and all that was refused."""

    entries: tuple[Entry, ...]
    refused: tuple[Refused, ...]
