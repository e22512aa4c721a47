"""Reads the members of a zip one by one, bounded, in memory; nothing is unpacked (trusted side)."""

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from grader.core.errors import UsageError
from grader.core.submission import UnreadableError
from grader.core.text import printable
from grader.sources.member import Member, refuse

MAX_MEMBERS = 500_000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UTF_8 = 0x800  # the flag of a name in UTF-8; without it the name should be in cp437
OUTSIDE = "its path leads out of the archive"


def members(source: Path | IO[bytes], name: str) -> Iterator[Member]:
    """Give each file of a zip; raises UsageError for what is no zip."""
    shown = printable(name)[:200]
    try:
        opened = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UsageError(f"{shown} cannot be read as a zip: {error}.") from None
    listed = opened.infolist()
    if len(listed) > MAX_MEMBERS:
        raise UsageError(f"{shown} holds more than {MAX_MEMBERS:,} files.")
    for info in listed:
        path = _name(info)
        inner, is_folder = inside(path), path.endswith(("/", "\\"))
        if not inner.parts:
            continue  # the folder itself
        problem = _problem(info, path)
        why = problem or _closed(info)
        read = refuse(why, inner.name) if why else _reader(opened, info, inner.name)
        yield Member(inner, read, problem, is_folder)


def inside(name: str) -> PurePosixPath:
    """The path of a member within its archive, whatever it claims to be."""
    return PurePosixPath(name.replace("\\", "/").lstrip("/"))


def leads_out(name: str) -> bool:
    """Tell whether a member's path goes up, or starts at a root or at a drive."""
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    return ".." in (*posix.parts, *windows.parts) or posix.is_absolute() or bool(windows.anchor)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name: many programs write UTF-8 without saying so."""
    if info.flag_bits & UTF_8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _problem(info: zipfile.ZipInfo, name: str) -> str:
    if leads_out(name):
        return OUTSIDE
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "it is a link" if kind == stat.S_IFLNK else "it is not a file"
    return ""


def _closed(info: zipfile.ZipInfo) -> str:
    """Why a file cannot be unpacked by us, whoever handed in what."""
    if info.flag_bits & 1:
        return "it is encrypted"
    return "" if info.compress_type in METHODS else "its compression is not supported"


def _reader(opened: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> Callable[[int], bytes]:
    """Read one member: no more than asked for, whatever the zip claims."""

    def read(limit: int) -> bytes:
        try:
            with opened.open(info) as file:
                return file.read(limit)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as e:
            raise UnreadableError(f"{printable(shown)[:200]} cannot be read: {e}.") from None

    return read
