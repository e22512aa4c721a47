"""No platform's layout: a folder of files, or of folders, one a student (trusted side)."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

from grader.sources.entry import Found, Listing, Refused
from grader.sources.pick import LINKED, NESTED, found, is_handed_out, is_program, without_program
from grader.sources.tree import TWICE, Tree, common_folder, is_archive

_REFUSED = (TWICE, LINKED)


def layout(tree: Tree, stub: str) -> Listing:
    """Each program is a submission; beside the stub's namesake in a folder there are helpers."""
    paths = [m.path for m in tree.members]
    top = common_folder(m.path / "_" if m.is_folder else m.path for m in tree.members)
    refused = [
        Refused(tree.shown(m.path), m.problem if m.problem in _REFUSED else NESTED)
        for m in tree.files
        if m.problem in _REFUSED or is_archive(m.path)
    ]
    by_folder: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    members = {m.path: m for m in tree.files if m.problem not in _REFUSED and is_program(m.path)}
    for path in members:
        by_folder[path.parent].append(path)
    listed: list[Found] = []
    for folder, inside in by_folder.items():
        handed_out = [p for p in inside if is_handed_out(p, stub)]
        own_folder = folder != top
        for path in handed_out if handed_out and own_folder else inside:
            wishes = _wishes(tree.name, path, stub, own_folder and len(inside) == 1)
            place = f"{tree.place}/{path}"
            listed.append(found(members[path], path.name, wishes, place, tree.shown(path)))
    explained = {r.place for r in refused}
    beside = _without_program(tree, top, paths, list(members), explained)
    return Listing(True, (*listed, *beside), tuple(refused))


def _wishes(root: str, path: PurePosixPath, stub: str, alone: bool) -> tuple[str, ...]:
    above = [root, *path.parent.parts]
    longer = tuple(joined(above[-n:], path.stem) for n in range(1, len(above) + 1))
    if is_handed_out(path, stub) and len(above) > 1:
        return (above[-1], *(joined(above[-n:-1], above[-1]) for n in range(2, 4)), *longer)
    return (path.stem, *((above[-1],) if alone else ()), *longer)


def _without_program(
    tree: Tree,
    top: PurePosixPath,
    paths: Sequence[PurePosixPath],
    programs: Sequence[PurePosixPath],
    refused: set[str],
) -> list[Found]:
    """Of folders side by side, one without a program is a submission that cannot be graded."""
    depth = len(top.parts)
    having = {p.parts[depth] for p in programs if len(p.parts) > depth + 1}
    if not having:
        return []
    folders = {
        m.path.parts[depth] for m in tree.members if m.is_folder and len(m.path.parts) > depth
    }
    folders |= {p.parts[depth] for p in paths if len(p.parts) > depth + 1}
    explained = {p.parts[depth] for p in paths if tree.shown(p) in refused and len(p.parts) > depth}
    return [
        without_program((name,), f"{tree.place}/{top / name}", tree.shown(top / name))
        for name in sorted(folders - having - explained)
    ]


def joined(folders: Sequence[str], last: str) -> str:
    """Folders and a name as one name."""
    return "-".join((*folders, last))
