"""Canvas: `<name>[_LATE]_<user id>_<attachment id>_<file>`, or `[LATE_]anon_<id>_...` (trusted)."""

import re
from collections import defaultdict
from pathlib import PurePosixPath

from grader.sources.entry import Listing, Owner
from grader.sources.pick import HandedIn, is_handed_out, is_program, listing
from grader.sources.tree import Member, Tree

SYSTEM = "canvas"
_REST = r"_(?:(?P<attachment>\d{1,20})_(?P<file>.+)|(?P<typed>(?:text|link)\.html))"
NAMED = re.compile(rf"(?P<name>\w*?)(?:_LATE)?_(?P<id>\d{{1,20}}){_REST}", re.S)
ANONYMOUS = re.compile(rf"(?:LATE_)?anon_(?P<id>[^\W_]+){_REST}", re.S)
_MORE_IDS = re.compile(r"(?:\d+_){1,2}(.+?)(?:-\d+)?(\.\w+)", re.S)
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>[1-9]\d{0,3})", re.S)
DOUBLE = "two files have one name, and which one is newer cannot be told"


def layout(tree: Tree, stub: str) -> Listing:
    """Put the files of each user together; of a file that was handed in again take the newest."""
    by_user: dict[str, list[re.Match[str]]] = defaultdict(list)
    members: dict[str, Member] = {}
    unknown = []
    for top, below in tree.by_top().items():
        known = _parse(top, stub) if len(below) == 1 and not below[0].is_folder else None
        if known is None or below[0].path.parts != (top,):
            unknown.append(top)
        else:
            by_user[_owner(known).id].append(known)
            members[known.string] = below[0]
    return listing(tree, stub, [_handed_in(g, members, stub) for g in by_user.values()], unknown)


def _parse(name: str, stub: str) -> re.Match[str] | None:
    """Read a name; None also where a student's name may hold another's id, and the ids follow."""
    parsed = ANONYMOUS.fullmatch(name) or NAMED.fullmatch(name)
    rest = _MORE_IDS.fullmatch(parsed["file"] or "") if parsed else None
    doubtful = rest is not None and is_handed_out(PurePosixPath(rest[1] + rest[2]), stub)
    return None if doubtful else parsed


def _path(parsed: re.Match[str]) -> PurePosixPath:
    return PurePosixPath(parsed["file"] or parsed["typed"])


def _owner(parsed: re.Match[str]) -> Owner:
    if parsed.re is ANONYMOUS:
        return Owner(SYSTEM, f"anon_{parsed['id']}")
    return Owner(SYSTEM, parsed["id"], parsed["name"])


def _handed_in(files: list[re.Match[str]], members: dict[str, Member], stub: str) -> HandedIn:
    owners = {_owner(file) for file in files}
    owner = min(owners, key=lambda o: o.name)
    newest, double = _newest([f for f in files if is_program(_path(f))])
    kept = tuple((_named(base, m, stub), members[m.string]) for base, m in newest.items())
    rest = tuple((_path(f), members[f.string]) for f in files if not is_program(_path(f)))
    refusal = DOUBLE if double else ""
    if len(owners) > 1:
        names = ", ".join(sorted(o.name for o in owners))
        refusal = f"the user {owner.id} has several names: {names}"
    name = owner.name or owner.id
    wishes = (name, f"{name}-{owner.id}")
    return HandedIn((owner,), wishes, min(f.string for f in files), kept + rest, refusal)


def _named(base: str, parsed: re.Match[str], stub: str) -> PurePosixPath:
    """The file's own name; of one handed in again as the stub's namesake, that one."""
    path = PurePosixPath(base)
    return path if is_handed_out(path, stub) else _path(parsed)


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
