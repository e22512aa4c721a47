"""Canvas: `<name>[_LATE]_<user id>_<attachment id>_<file>`, or `[LATE_]anon_<id>_...` (trusted).

Someone who unpacked it may have a folder for each student, called as the files are, or as they
begin.
"""

import re
from collections import defaultdict
from pathlib import PurePosixPath

from grader.sources.entry import Listing, Owner, Wanted
from grader.sources.member import Member
from grader.sources.names import is_handed_out, is_program
from grader.sources.pick import HandedIn, listing
from grader.sources.tree import Tree

SYSTEM = "canvas"
_REST = r"_(?:(?P<attachment>\d{1,20})_(?P<file>.+)|(?P<typed>(?:text|link)\.html))"
NAMED = re.compile(rf"(?P<name>\w*?)(?:_LATE)?_(?P<id>\d{{1,20}}){_REST}", re.S)
ANONYMOUS = re.compile(rf"(?:LATE_)?anon_(?P<id>[^\W_]+){_REST}", re.S)
_MORE_IDS = re.compile(r"(?:\d+_){1,2}(.+?)(?:-\d+)?(\.\w+)", re.S)
_FOLDER = re.compile(
    r"(?:(?P<name>\w*?)(?:_LATE)?_(?P<id>\d{4,20})|(?:LATE_)?anon_(?P<anonymous>[^\W_]+))"
    r"(?:_\d{1,20}(?:_.*)?)?",
    re.S,
)
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>[1-9]\d{0,3})", re.S)
DOUBLE = "two files have one name, and which one is newer cannot be told"


def layout(tree: Tree, wanted: Wanted) -> Listing:
    """Put the files of each user together; of a file that was handed in again take the newest."""
    by_user: dict[str, list[re.Match[str]]] = defaultdict(list)
    folders: dict[str, list[re.Match[str]]] = defaultdict(list)
    members: dict[str, list[Member]] = {}
    unknown = []
    for top, below in tree.by_top().items():
        is_file = len(below) == 1 and not below[0].is_folder and below[0].path.parts == (top,)
        known = _parse(top, wanted.stub) if is_file else _FOLDER.fullmatch(top)
        members[top] = below
        if known is None:
            unknown.append(top)
        elif is_file:
            by_user[_owner(known).id].append(known)
        else:
            folders[_owner(known).id].append(known)
    if not by_user and not _are_students(folders, members):
        return Listing(False)
    users = dict.fromkeys((*by_user, *folders))
    handed_in = [_handed_in(by_user[u], folders[u], members, wanted.stub) for u in users]
    return listing(tree, wanted, handed_in, unknown)


def _are_students(
    folders: dict[str, list[re.Match[str]]], members: dict[str, list[Member]]
) -> bool:
    """Tell folders of students from `lab_2026`: by several names, or by the files in them."""
    known = [folder for same in folders.values() for folder in same]
    if len({_owner(folder).name for folder in known}) > 1:
        return True
    files = (m.path.name for folder in known for m in members[folder.string])
    return any(NAMED.fullmatch(name) or ANONYMOUS.fullmatch(name) for name in files)


def _parse(name: str, stub: str) -> re.Match[str] | None:
    """Read a name; None also where a student's name may hold another's id, and the ids follow."""
    parsed = ANONYMOUS.fullmatch(name) or NAMED.fullmatch(name)
    rest = _MORE_IDS.fullmatch(parsed["file"] or "") if parsed else None
    doubtful = rest is not None and is_handed_out(PurePosixPath(rest[1] + rest[2]), stub)
    return None if doubtful else parsed


def _path(parsed: re.Match[str]) -> PurePosixPath:
    return PurePosixPath(parsed["file"] or parsed["typed"])


def _owner(parsed: re.Match[str]) -> Owner:
    if parsed.re is ANONYMOUS or (parsed.re is _FOLDER and parsed["anonymous"]):
        return Owner(SYSTEM, f"anon_{parsed['anonymous' if parsed.re is _FOLDER else 'id']}")
    return Owner(SYSTEM, parsed["id"], parsed["name"])


def _handed_in(
    files: list[re.Match[str]],
    folders: list[re.Match[str]],
    members: dict[str, list[Member]],
    stub: str,
) -> HandedIn:
    owners = {_owner(known) for known in (*files, *folders)}
    owner = min(owners, key=lambda o: o.name)
    newest, double = _newest([f for f in files if is_program(_path(f))])
    kept = [(_named(base, m, stub), members[m.string][0]) for base, m in newest.items()]
    kept += [(_path(f), members[f.string][0]) for f in files if not is_program(_path(f))]
    kept += [_inside(m, owner) for f in folders for m in members[f.string]]
    refusal = DOUBLE if double else ""
    if len(owners) > 1:
        names = ", ".join(sorted(o.name for o in owners))
        refusal = f"the user {owner.id} has several names: {names}"
    name = owner.name or owner.id
    wishes = (name, f"{name}-{owner.id}")
    place = min(known.string for known in (*files, *folders))
    return HandedIn((owner,), wishes, place, tuple(kept), refusal)


def _inside(member: Member, owner: Owner) -> tuple[PurePosixPath, Member]:
    """A file of a student's folder; its name may begin as the folder's does."""
    path = PurePosixPath(*member.path.parts[1:])
    known = ANONYMOUS.fullmatch(path.name) or NAMED.fullmatch(path.name)
    own = known is not None and _owner(known).id == owner.id and known["file"]
    return (path.with_name(known["file"]) if known and own else path), member


def _named(base: str, parsed: re.Match[str], stub: str) -> PurePosixPath:
    """The file's own name; of one handed in again, that by which it is known or imported."""
    path = PurePosixPath(base)
    return path if is_handed_out(path, stub) or path.stem.isidentifier() else _path(parsed)


def _newest(files: list[re.Match[str]]) -> tuple[dict[str, re.Match[str]], bool]:
    """By the name without `-1`, `-2`: the last file, if numbers and attachment ids agree on it."""
    groups: dict[str, list[tuple[int, int, re.Match[str]]]] = defaultdict(list)
    for file in files:
        path = _path(file)
        again = _AGAIN.fullmatch(path.stem)
        base = f"{again['stem']}{path.suffix}" if again else path.name
        number = int(again["number"]) if again else 0
        groups[base].append((number, int(file["attachment"]), file))
    double = False
    newest = {}
    for base, group in groups.items():
        last = max(group, key=lambda g: g[:2])
        others = [g for g in group if g is not last]
        double |= any(g[0] == last[0] or g[1] >= last[1] for g in others)
        newest[base] = last[2]
    return newest, double
