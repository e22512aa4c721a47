"""The one file that a student hands in, read once (trusted side)."""

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.errors import UsageError
from grader.place import Cells
from grader.source import Source

MAX_BYTES = 1_000_000
MAX_NOTEBOOK = 20_000_000  # with its outputs, which are skipped over
NOTEBOOK = ".ipynb"
SUFFIXES = (".py", NOTEBOOK)  # of files that are taken for submissions, in lower case


class UnreadableError(UsageError):
    """There is no file to grade at that path; `status` of such a submission is import-error."""


@dataclass(frozen=True)
class Submission:
    """A file's name and bytes; `problem` says why there are no bytes to run, if so.

    `sha256` is the digest of the bytes that were read: of exactly those that are run, or of the
    first of a file that is too large, one more than allowed. Of a notebook, `content` becomes the
    source to run (`grader.notebook.submitted`), and `cells` tell where its cells begin there.
    """

    name: str
    content: bytes
    sha256: str
    problem: str = ""
    cells: Cells = ()

    @classmethod
    def of(cls, name: str, content: bytes) -> "Submission":
        """Make a submission of bytes at hand."""
        name = printable(name)
        digest = hashlib.sha256(content).hexdigest()
        if len(content) > most(name):
            return cls(name, b"", digest, f"the file is larger than {most(name):,} bytes")
        return cls(name, content, digest)

    @property
    def is_notebook(self) -> bool:
        """Tell whether it was a notebook; the name decides, as for every editor."""
        return bool(self.cells) or is_notebook(self.name)

    @cached_property
    def source(self) -> Source:
        """What the source says, as far as it can be read."""
        return Source.parse(self.content, self.cells)


def is_notebook(name: str) -> bool:
    """Tell whether a file's name is that of a notebook."""
    return name.lower().endswith(NOTEBOOK)


def most(name: str) -> int:
    """How many bytes a file of that name may hold."""
    return MAX_NOTEBOOK if is_notebook(name) else MAX_BYTES


def printable(name: str) -> str:
    """A file's name without what acts where it is shown: controls, bidi marks, stray bytes."""
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else "?" for c in name)


def read(path: Path) -> Submission:
    """Read a submission: a regular file of bounded size, once, without blocking.

    Raises UnreadableError for no file, a directory, a pipe and whatever else is not a file; a file
    that is too large is a submission with a `problem`.
    """
    return Submission.of(printable(path.name)[:200], read_bytes(path, most(path.name) + 1))


def read_bytes(path: Path, limit: int) -> bytes:
    """Read at most so much of a regular file, without blocking; raises UnreadableError."""
    shown = printable(path.name)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise UnreadableError(f"There is no file {shown}.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(f"{shown} cannot be read: {reason}.") from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        kind = "a directory; name the file in it" if stat.S_ISDIR(mode) else "not a regular file"
        raise UnreadableError(f"{shown} is {kind}.")
    with os.fdopen(descriptor, "rb") as file:
        return file.read(limit)
