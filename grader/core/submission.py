"""The one file that a student hands in, read once (trusted side)."""

import hashlib
import os
import stat
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from grader.core.errors import UsageError
from grader.core.place import Cells
from grader.core.source import Source
from grader.core.text import printable

MAX_BYTES = 1_000_000
MAX_NOTEBOOK = 20_000_000  # with its outputs, which are skipped over
NOTEBOOK = ".ipynb"
SUFFIXES = (".py", NOTEBOOK)  # of files that are taken for submissions, in lower case
# What is no program, whatever its name says: how such a file begins, and what it is.
_FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip, or a document of a word processor"),
    (b"\xd0\xcf\x11\xe0", "a document of a word processor"),
    (b"{\\rtf", "a document of a word processor (RTF), which can save it as plain text"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_PAGE = (b"<!doctype html", b"<html")
_COMPILED = b"\r\r\n"  # behind the first byte of a .pyc


class UnreadableError(UsageError):
    """There is no file to grade at that path; `status` of such a submission is not-run."""


@dataclass(frozen=True)
class Helper:
    """A file of the student's own that the program imports: its path beside it, its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Submission:
    """A file's name and bytes; `problem` says why there are no bytes to run, if so.

    `sha256` is the digest of the bytes that were read: of exactly those that are run, or of the
    first of a file that is too large, one more than allowed. Of a notebook, `content` becomes the
    source to run (`grader.notebook.submitted`), and `cells` tell where its cells begin there.
    With `helpers`, the digest is of them too.
    """

    name: str
    content: bytes
    sha256: str
    problem: str = ""
    cells: Cells = ()
    helpers: tuple[Helper, ...] = ()

    @classmethod
    def of(cls, name: str, content: bytes) -> "Submission":
        """Make a submission of bytes at hand."""
        name = printable(name)
        digest = hashlib.sha256(content).hexdigest()
        if len(content) > most(name):
            return cls(name, b"", digest, f"the file is larger than {most(name):,} bytes")
        if kind := foreign(content):
            return cls(name, b"", digest, f"it is {kind}, and no Python file")
        return cls(name, content, digest)

    def importing(self, helpers: tuple[Helper, ...]) -> "Submission":
        """Give the submission together with its helpers."""
        if self.problem or not helpers:
            return self
        digest = hashlib.sha256(self.sha256.encode())
        for helper in helpers:
            digest.update(f"\n{helper.path} ".encode() + hashlib.sha256(helper.content).digest())
        return replace(self, sha256=digest.hexdigest(), helpers=helpers)

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


def foreign(content: bytes) -> str:
    """Say what a file is that is no program for certain; nothing of any other."""
    if content[1:4] == _COMPILED:
        return "compiled Python (.pyc), without the text of the program"
    if content[:200].lstrip().lower().startswith(_PAGE):
        return "a web page, as a browser saves it"
    return next((kind for head, kind in _FOREIGN if content.startswith(head)), "")


def most(name: str) -> int:
    """How many bytes a file of that name may hold."""
    return MAX_NOTEBOOK if is_notebook(name) else MAX_BYTES


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
