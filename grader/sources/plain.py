"""No platform's layout: a folder of files, or of folders, one a student (trusted side)."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

from grader.sources.entry import Found, Listing, Refused
from grader.sources.pick import (
    LINKED,
    NESTED,
    found,
    is_handed_out,
    is_program,
    unreadable,
    without_program,
)
from grader.sources.tree import TWICE, Member, Tree, common_folder, is_archive


def layout(tree: Tree, stub: str) -> Listing:
    """Each program is a submission; beside the stub's namesake in a folder there are helpers."""
    top = common_folder(m.path / "_" if m.is_folder else m.path for m in tree.members)
    programs = {m.path: m for m in tree.files if is_program(m.path) and m.problem != TWICE}
    by_folder: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    for path in programs:
        by_folder[path.parent].append(path)
    listed: list[Found] = []
    damaged: dict[PurePosixPath, str] = {}
    for folder, inside in by_folder.items():
        handed_out = [p for p in inside if is_handed_out(p, stub)]
        own_folder = folder != top
        for path in handed_out if handed_out and own_folder else inside:
            if why := _damage(tree, programs[path]):
                damaged[path] = why
                continue
            wishes = _wishes(tree.name, path, stub, own_folder and len(inside) == 1)
            place = f"{tree.place}/{path}"
            listed.append(found(programs[path], path.name, wishes, place, tree.shown(path)))
    having = {_student(p, top) for p in programs} - {""}
    refused = {m.path: why for m in tree.files if (why := _refusal(m, top, having))} | damaged
    explained = {_student(path, top) for path in refused}
    for name in sorted(_folders(tree, top) - having - explained) if having else ():
        place = f"{tree.place}/{top / name}"
        listed.append(without_program((name,), place, tree.shown(top / name)))
    return Listing(
        True, tuple(listed), tuple(Refused(tree.shown(p), w) for p, w in refused.items())
    )


def _student(path: PurePosixPath, top: PurePosixPath) -> str:
    """Of folders side by side, the one that a file is in; nothing for a file beside them."""
    depth = len(top.parts)
    return path.parts[depth] if len(path.parts) > depth + 1 else ""


def _folders(tree: Tree, top: PurePosixPath) -> set[str]:
    """The folders side by side; one without a program is a submission that cannot be graded."""
    inside = {m.path / "_" if m.is_folder else m.path for m in tree.members}
    return {_student(path, top) for path in inside} - {""}


def _refusal(member: Member, top: PurePosixPath, having: set[str]) -> str:
    """Why a file is refused; an archive is, unless a program is there in the student's folder."""
    if member.problem == LINKED or (member.problem == TWICE and is_program(member.path)):
        return member.problem
    return NESTED if is_archive(member.path) and _student(member.path, top) not in having else ""


def _damage(tree: Tree, member: Member) -> str:
    """Why an archive does not give a file that is in it: it is encrypted, or damaged."""
    return unreadable(member) if tree.packed and not member.problem else ""


def _wishes(root: str, path: PurePosixPath, stub: str, alone: bool) -> tuple[str, ...]:
    above = [root, *path.parent.parts]
    longer = tuple(joined(above[-n:], path.stem) for n in range(1, len(above) + 1))
    if is_handed_out(path, stub) and len(above) > 1:
        return (above[-1], *(joined(above[-n:-1], above[-1]) for n in range(2, 4)), *longer)
    return (path.stem, *((above[-1],) if alone else ()), *longer)


def joined(folders: Sequence[str], last: str) -> str:
    """Folders and a name as one name."""
    return "-".join((*folders, last))
