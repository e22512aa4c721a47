"""The files of a folder, of which nothing is read yet (trusted side)."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from grader.errors import UsageError
from grader.sources.tree import Member, is_skipped, refuse
from grader.sources.zips import MAX_MEMBERS
from grader.submission import UnreadableError, printable, read_bytes


def members(root: Path, results: Path | None = None) -> Iterator[Member]:
    """Give each file below a folder, and each folder that has none, without those of results."""
    number = 0
    for folder, subfolders, files in os.walk(root, onerror=_unreadable):
        here = PurePosixPath(Path(folder).relative_to(root).as_posix())
        links = [s for s in subfolders if Path(folder, s).is_symlink()]
        for name in links:
            problem = "it is a link to a folder"
            yield Member(here / name, refuse(problem, name), problem)
        passed_over = {*links, *(s for s in subfolders if Path(folder, s) == results)}
        subfolders[:] = [s for s in subfolders if not is_skipped(s) and s not in passed_over]
        for name in files:
            yield Member(here / name, _reader(root, Path(folder, name)))
        if not files and not subfolders and not passed_over and here.parts:
            yield Member(here, refuse("it is a folder", here.name), is_folder=True)
        number += len(files) + len(subfolders)
        if number > MAX_MEMBERS:
            raise UsageError(f"{printable(root.name)} holds more than {MAX_MEMBERS:,} files.")


def _unreadable(error: OSError) -> None:
    name = printable(Path(error.filename).name)
    raise UsageError(f"The folder {name} cannot be read: {error.strerror}.") from None


def _reader(root: Path, path: Path) -> Callable[[int], bytes]:
    """Read a file of a folder; a link that leads out of it could bring in another's answer."""

    def read(limit: int) -> bytes:
        if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
            shown = printable(path.name)
            raise UnreadableError(f"{shown} is a link that leads out of the folder.")
        return read_bytes(path, limit)

    return read
