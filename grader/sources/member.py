"""One file of a source, of which nothing is read before someone asks (trusted side)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.core.submission import UnreadableError
from grader.core.text import printable


@dataclass(frozen=True)
class Member:
    """A file: `read(limit)` gives at most as many bytes, or raises UnreadableError."""

    path: PurePosixPath
    read: Callable[[int], bytes]
    problem: str = ""  # why it must not be read at all
    is_folder: bool = False  # an empty folder, or one that is not looked into


def refuse(problem: str, name: str) -> Callable[[int], bytes]:
    """Give a `read` that says why there is nothing to read."""

    def read(_limit: int) -> bytes:
        raise UnreadableError(f"{printable(name)[:200]} was not read: {problem}.")

    return read
