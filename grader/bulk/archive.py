"""Reads the members of a zip one by one, bounded, in memory; nothing is unpacked (trusted side)."""

import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

from grader.errors import UsageError
from grader.submission import Submission, UnreadableError, most

MAX_MEMBERS = 100_000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def members(path: Path) -> dict[str, Callable[[], Submission]]:
    """Give each file of a zip by its path there, and how to read it; refuses what is no zip."""
    try:
        opened = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UsageError(f"{path.name} cannot be read as a zip: {error}.") from None
    listed = opened.infolist()
    if len(listed) > MAX_MEMBERS:
        raise UsageError(f"{path.name} holds more than {MAX_MEMBERS:,} files.")
    found: dict[str, Callable[[], Submission]] = {}
    for info in listed:
        inside = info.filename.replace("\\", "/").lstrip("/")
        name, number = inside, 1
        while name in found:  # a zip may hold one path twice
            number += 1
            name = f"{number}/{inside}"
        if info.is_dir():
            name = f"{name}_"  # so that an empty folder is seen
        found[name] = lambda member=info: _read(opened, member)  # type: ignore[misc]
    return found


def _read(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> Submission:
    """Read one member: at most as much as a submission may hold, whatever the zip claims."""
    shown = PureWindowsPath(info.filename).name.encode("utf-8", "replace").decode()[:200]
    if reason := _refused(info):
        raise UnreadableError(f"{shown} was not read: {reason}.")
    try:
        with opened.open(info) as file:
            return Submission.of(shown, file.read(most(shown) + 1))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise UnreadableError(f"{shown} cannot be read: {error}.") from None


def _refused(info: zipfile.ZipInfo) -> str:
    posix, windows = PurePosixPath(info.filename), PureWindowsPath(info.filename)
    if ".." in (*posix.parts, *windows.parts) or posix.is_absolute() or windows.anchor:
        return "its path leads out of the zip"
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "it is a link" if kind == stat.S_IFLNK else "it is not a file"
    if info.flag_bits & 1:
        return "it is encrypted"
    return "" if info.compress_type in METHODS else "its compression is not supported"
