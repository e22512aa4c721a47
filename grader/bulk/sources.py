"""What to grade: files, folders, folders of folders, zips; nothing is unpacked (trusted side).

A source is recognised by one of `LAYOUTS`, each of which gives what it found or None. A further
layout (of a learning platform, say) is one more function: it decides what belongs to whom, wishes
for ids and says how the bytes are read.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.bulk import archive, ids
from grader.errors import UsageError
from grader.submission import SUFFIXES, Submission, UnreadableError, read

SKIPPED = ("__pycache__", "__MACOSX")


@dataclass(frozen=True)
class Entry:
    """One submission: `id` names its report. `read` gives it, or raises UnreadableError."""

    id: str
    name: str
    read: Callable[[], Submission]


@dataclass(frozen=True)
class Found:
    """A submission without an id: those it wishes for, best first, and where it was found."""

    wishes: tuple[str, ...]
    place: str
    name: str
    read: Callable[[], Submission]


def find(sources: Sequence[Path], stub: str, out: Path | None = None) -> list[Entry]:
    """Find all submissions, in order of their ids; `stub` is the name of the file handed out.

    The folder `out`, with the results of earlier runs, may lie in a source and is passed over.
    """
    found: dict[str, Found] = {}
    results = None if out is None else out.resolve()
    for source in sources:
        if source.resolve() == results:
            raise UsageError(f"{source} holds the submissions: name another folder with --out.")
        recognised = (layout(source, stub, results) for layout in LAYOUTS)
        found |= {f.place: f for f in next(r for r in recognised if r is not None)}
    if not found:
        raise UsageError("There is nothing to grade there.")
    names = ids.assign([(f.wishes, f.place) for f in found.values()])
    entries = (Entry(i, f.name, f.read) for i, f in zip(names, found.values(), strict=True))
    return sorted(entries, key=lambda entry: entry.id)


def _zip(source: Path, stub: str, _results: Path | None) -> list[Found] | None:
    if source.suffix.lower() != ".zip" or not source.is_file():
        return None
    members = archive.members(source)
    return _tree(source.with_suffix(""), f"{source.resolve()}", members.items(), stub)


def _folder(source: Path, stub: str, results: Path | None) -> list[Found] | None:
    if not source.is_dir():
        return None
    root = source.resolve()
    readers: dict[str, Callable[[], Submission]] = {}
    for folder, subfolders, files in os.walk(root):
        subfolders[:] = [s for s in subfolders if not _is_skipped(s) and Path(folder, s) != results]
        for name in files:
            path = Path(folder, name)
            readers[path.relative_to(root).as_posix()] = lambda p=path: _read_within(root, p)  # type: ignore[misc]
        if not files and not subfolders:
            readers[Path(folder, "_").relative_to(root).as_posix()] = lambda: _none("")
    return _tree(root, f"{root}", readers.items(), stub)


def _file(source: Path, _stub: str, _results: Path | None) -> list[Found]:
    path = source.parent.resolve() / source.name
    above = path.parts[1:-1]
    wishes = (path.stem, *above[-1:], *(_joined(above[-n:], path.stem) for n in range(1, 4)))
    return [Found(wishes, f"{path}", path.name, lambda: read(path))]


LAYOUTS: tuple[Callable[[Path, str, Path | None], list[Found] | None], ...] = (_zip, _folder, _file)


def _tree(
    root: Path, place: str, files: Iterable[tuple[str, Callable[[], Submission]]], stub: str
) -> list[Found]:
    """Find the submissions among files by their paths: programs, or folders that hold one."""
    all_files = {PurePosixPath(path): reader for path, reader in files}
    visible = [p for p in all_files if not _is_hidden(p)]
    programs = [p for p in visible if p.suffix.lower() in SUFFIXES]
    top = _common_folder(visible)
    by_folder: dict[PurePosixPath, list[PurePosixPath]] = {}
    for path in sorted(programs):
        by_folder.setdefault(path.parent, []).append(path)
    found = []
    for folder, inside in by_folder.items():
        handed_out = [p for p in inside if p.stem == PurePosixPath(stub).stem]
        own_folder = folder != top
        # Beside the file that was handed out, in a student's folder, there are only helpers.
        for path in handed_out if handed_out and own_folder else inside:
            wishes = _wishes(root.name, path, stub, own_folder and len(inside) == 1)
            found.append(Found(wishes, f"{place}/{path}", path.name, all_files[path]))
    return found + _without_program(place, top, visible, programs)


def _wishes(root: str, path: PurePosixPath, stub: str, alone: bool) -> tuple[str, ...]:
    above = [root, *path.parent.parts]
    longer = tuple(_joined(above[-n:], path.stem) for n in range(1, len(above) + 1))
    if path.stem == PurePosixPath(stub).stem and len(above) > 1:
        return (above[-1], *(_joined(above[-n:-1], above[-1]) for n in range(2, 4)), *longer)
    return (path.stem, *((above[-1],) if alone else ()), *longer)


def _without_program(
    place: str, top: PurePosixPath, visible: list[PurePosixPath], programs: list[PurePosixPath]
) -> list[Found]:
    """Of folders side by side, one without a Python file is a submission that cannot be graded."""
    depth = len(top.parts)
    having = {p.parts[depth] for p in programs if len(p.parts) > depth + 1}
    if not having:
        return []
    beside = {p.parts[depth] for p in visible if len(p.parts) > depth + 1 and top in p.parents}
    return [
        Found((name,), f"{place}/{top / name}", name, lambda n=name: _none(n))  # type: ignore[misc]
        for name in sorted(beside - having)
    ]


def _common_folder(paths: Sequence[PurePosixPath]) -> PurePosixPath:
    if not paths:
        return PurePosixPath()
    return PurePosixPath(os.path.commonpath([p.parent for p in paths]) or ".")


def _is_hidden(path: PurePosixPath) -> bool:
    """Tell whether a file is no submission: what macOS puts beside files, or in a hidden folder."""
    return path.name.startswith("._") or any(_is_skipped(part) for part in path.parent.parts)


def _is_skipped(part: str) -> bool:
    return part in SKIPPED or (part.startswith(".") and part != "..")


def _joined(folders: Sequence[str], last: str) -> str:
    return "-".join((*folders, last))


def _none(folder: str) -> Submission:
    raise UnreadableError(f"There is no Python file in {folder}.")


def _read_within(root: Path, path: Path) -> Submission:
    """Read a file of a folder; a link that leads out of it could bring in another's answer."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
        raise UnreadableError(f"{path.name} is a link that leads out of the folder.")
    return read(path)
