"""Reads a tar, plain or gzipped, once and in memory, within limits (trusted side).

What is compressed as a whole cannot be read member by member, so the files that may matter are kept
from the one pass over it, and what comes out of it has a limit.
"""

import gzip
import io
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from grader.core.errors import UsageError
from grader.core.submission import MAX_BYTES, MAX_NOTEBOOK
from grader.core.text import printable
from grader.sources.member import Member, refuse
from grader.sources.names import is_archive, is_program, is_text
from grader.sources.zips import MAX_MEMBERS, OUTSIDE, inside, leads_out

KEPT = (".yml", ".csv", ".json")  # what a layout may look into, besides what may be handed in
MAX_KEPT = 512 * 2**20  # bytes of all those files together
MAX_UNPACKED = 4 * 2**30
MAX_READ = 16 * 2**20  # bytes at once: a header may claim any length
MAX_RATIO, RATIO_FROM = 200, 64 * 2**20


def members(source: Path | IO[bytes], name: str) -> Iterator[Member]:
    """Give each file of a tar; raises UsageError for a damaged one or one beyond the limits."""
    shown = printable(name)[:200]
    try:
        with source.open("rb") if isinstance(source, Path) else source as file:
            packed = file.read(2) == b"\x1f\x8b"
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            content: IO[bytes] = gzip.GzipFile(fileobj=file) if packed else file  # type: ignore[assignment]
            allowed = MAX_UNPACKED
            if packed:
                allowed = min(allowed, max(RATIO_FROM, MAX_RATIO * size))
            yield from _all(_Bounded(content, allowed), shown)
    except _BoundError as error:
        raise UsageError(f"{shown} {error}.") from None
    except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error, RecursionError) as error:
        reason = str(error) or type(error).__name__
        raise UsageError(f"{shown} cannot be read as a tar: {reason}.") from None


def _all(content: "_Bounded", shown: str) -> Iterator[Member]:
    kept = number = 0
    opened = tarfile.open(fileobj=content, mode="r:")  # noqa: SIM115  # it holds nothing of its own
    while (info := opened.next()) is not None:
        opened.members.clear()  # type: ignore[attr-defined]  # where the library keeps them all
        number += 1
        if number > MAX_MEMBERS:
            raise UsageError(f"{shown} holds more than {MAX_MEMBERS:,} files.")
        path, problem = inside(info.name), _problem(info)
        if not path.parts:
            continue  # the folder itself
        limit = _kept_of(path)
        if problem or info.isdir() or not limit:
            read = refuse(problem or "it is of no kind that is graded", path.name)
            yield Member(path, read, problem, info.isdir())
            continue
        file = opened.extractfile(info)
        data = file.read(min(limit, info.size)) if file else b""
        kept += len(data)
        if kept > MAX_KEPT:
            raise _BoundError("holds more text than is kept in memory")
        yield Member(path, _kept(data))
    if content.last.strip(b"\0"):  # the library takes a damaged header for the end
        raise tarfile.ReadError(f"it is damaged after {number:,} files")


def _kept_of(path: PurePosixPath) -> int:
    """How many bytes of a file are kept; 0 for one of a kind that nobody asks for."""
    if is_program(path):
        return MAX_NOTEBOOK + 1
    if path.name.lower().endswith(KEPT) or is_archive(path):
        return MAX_READ
    return MAX_BYTES + 1 if is_text(path) else 0


def _kept(data: bytes) -> Callable[[int], bytes]:
    return lambda limit: data[:limit]


def _problem(info: tarfile.TarInfo) -> str:
    if leads_out(info.name):
        return OUTSIDE
    if info.issym() or info.islnk():
        return "it is a link"
    return "" if info.isreg() or info.isdir() else "it is not a file"


class _BoundError(Exception):
    """A limit was reached."""


class _Bounded(io.RawIOBase):
    """A file that is read no further than allowed, and not much at once; `last` is what it gave."""

    def __init__(self, file: IO[bytes], allowed: int) -> None:
        self._file, self._allowed = file, allowed
        self.last = b""

    def read(self, size: int = -1, /) -> bytes:
        if not 0 <= size <= MAX_READ:
            raise _BoundError("has a header that claims to be larger than it may be")
        self._check(self.tell() + size)
        self.last = self._file.read(size)
        return self.last

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._check(offset)
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def _check(self, offset: int) -> None:
        if offset > self._allowed:
            raise _BoundError(f"unpacks to more than {self._allowed:,} bytes")


def is_tar(path: Path) -> bool:
    """Tell a tar by its content."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            head = (gzip.GzipFile(fileobj=file) if packed else file).read(512)
    except (OSError, EOFError, zlib.error):
        return False
    return head[257:262] == b"ustar"
