"""The files of a folder, of which nothing is read yet (trusted side)."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from grader.core.errors import UsageError
from grader.core.submission import UnreadableError, read_bytes
from grader.core.text import printable
from grader.sources.bounds import MARK, MAX_DEPTH, MAX_FILES, SUBMITTED, TOO_MANY, WRAPPED, unit
from grader.sources.member import Member, refuse
from grader.sources.tree import is_skipped
from grader.sources.zips import MAX_MEMBERS

_Parts = tuple[str, ...]


def members(root: Path, results: Path | None = None) -> Iterator[Member]:
    """Give each file below a folder, and each folder that has none, without those of results.

    What a student has beyond the bounds is not listed to its end, whatever there is of it.
    """
    level = _class_level(root, results)
    counts: Counter[_Parts] = Counter()
    left: list[_Parts] = [()]
    number = 0
    while left:
        here = left.pop()
        one, path = unit((*here, ""), level), PurePosixPath(*here)
        if counts[one] > MAX_FILES and one:
            continue
        deep = len(here) > MAX_DEPTH
        listed = None if deep else _list(root, here, MAX_FILES + 1 if one else MAX_MEMBERS + 1)
        if listed is None:
            yield Member(path, refuse("it cannot be read", path.name), is_folder=True)
            continue
        counts[one] += sum(not is_folder for _, is_folder in listed)
        if one and max(counts[one], len(listed)) > MAX_FILES:
            counts[one] = MAX_FILES + 1
            yield Member(PurePosixPath(*one, MARK), refuse(TOO_MANY, one[-1]), TOO_MANY)
            continue
        found, folders, passed_over = 0, [], False
        for name, is_folder in listed:
            path = PurePosixPath(*here, name)
            if not is_folder:
                yield Member(path, reader(root, root / path))
            elif (root / path).is_symlink():
                problem = "it is a link to a folder"
                passed_over = True
                yield Member(path, refuse(problem, name), problem)
            elif root / path == results:
                passed_over = True
                continue
            elif not is_skipped(name):
                folders.append((*here, name))
            else:
                continue
            found += 1
        number += found
        left += reversed(folders)
        if number > MAX_MEMBERS:
            raise UsageError(f"{printable(root.name)} holds more than {MAX_MEMBERS:,} files.")
        if not found and not passed_over and here:
            counts[one] += 1
            path = PurePosixPath(*here)
            yield Member(path, refuse("it is a folder", path.name), is_folder=True)


def _list(root: Path, here: _Parts, most: int) -> list[tuple[str, bool]] | None:
    """So many names in a folder, and whether each is one; None for a folder that is closed."""
    try:
        with os.scandir(root.joinpath(*here)) as entries:
            listed: list[tuple[str, bool]] = []
            for entry in entries:
                if len(listed) >= most:
                    break
                listed.append((entry.name, _is_folder(entry)))
    except OSError as error:
        if not here:
            reason = f"The folder {printable(root.name)} cannot be read: {error.strerror}."
            raise UsageError(reason) from None
        return None
    return sorted(listed)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _class_level(root: Path, results: Path | None) -> _Parts:
    """Where the students' folders lie: see `grader.sources.bounds`."""
    level: _Parts = ()
    folders: list[str] = []
    for _ in range(WRAPPED + 1):
        here = root.joinpath(*level)
        listed = _list(root, level, MAX_MEMBERS) or []
        names = [n for n, is_folder in listed if is_folder and not is_skipped(n)]
        folders = [n for n in names if here / n != results and _list(root, (*level, n), 1)]
        if len(folders) != 1 or len(level) == WRAPPED:
            break
        level = (*level, folders[0])
    return (*level, SUBMITTED) if SUBMITTED in folders else level


def reader(root: Path, path: Path) -> Callable[[int], bytes]:
    """Read a file of a folder; a link that leads out of it could bring in another's answer."""

    def read(limit: int) -> bytes:
        if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
            shown = printable(path.name)
            raise UnreadableError(f"{shown} is a link that leads out of the folder.")
        return read_bytes(path, limit)

    return read
