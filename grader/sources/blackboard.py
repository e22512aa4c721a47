"""Blackboard: `<item>_<username>_attempt_<stamp>[_<file>]`, a .txt for each attempt (trusted)."""

import re
from collections import defaultdict
from pathlib import PurePosixPath

from grader.core.submission import UnreadableError
from grader.core.text import printable
from grader.sources.entry import Listing, Owner, Wanted
from grader.sources.member import Member
from grader.sources.pick import HandedIn, listing
from grader.sources.tree import Tree

SYSTEM = "blackboard"
FILE = re.compile(
    r"(?P<who>.+?)_attempt_(?P<stamp>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<about>\.txt))", re.S
)
_NAME = re.compile(r"Name:\s*(?P<name>.*?)\s*\((?P<user>[^()\r\n]+)\)\s*")
MAX_BYTES = 4096


def layout(tree: Tree, wanted: Wanted) -> Listing:
    """Take the newest attempt of each student, whom the attempts' texts name."""
    attempts: dict[str, dict[str, list[tuple[PurePosixPath, Member]]]] = defaultdict(dict)
    names: dict[str, set[tuple[str, str]]] = defaultdict(set)
    unknown = []
    for top, below in tree.by_top().items():
        known = FILE.fullmatch(top)
        if known is None or below[0].path.parts != (top,) or below[0].is_folder:
            unknown.append(top)
            continue
        files = attempts[known["who"]].setdefault(known["stamp"], [])
        if known["about"]:
            names[known["who"]] |= _named(below[0], known["who"])
        else:
            files.append((PurePosixPath(known["file"]), below[0]))
    items = {who.removesuffix(f"_{user}") for who, ns in names.items() for user, _ in ns}
    handed_in = []
    for who, by_stamp in attempts.items():
        owner, refusal = _owner(who, names[who], items)
        newest = max(by_stamp)
        wishes = (owner.id, f"{owner.name}-{owner.id}") if owner.id else (who,)
        owners = (owner,) if owner.id else ()
        place = f"{who}_attempt_{newest}"
        handed_in.append(HandedIn(owners, wishes, place, tuple(by_stamp[newest]), refusal))
    return listing(tree, wanted, handed_in, unknown)


def _named(member: Member, who: str) -> set[tuple[str, str]]:
    """The user name and name in an attempt's text, where its file's name agrees."""
    try:
        said = member.read(MAX_BYTES).decode("utf-8-sig", "replace")
    except UnreadableError:
        return set()
    first = said.lstrip().splitlines()[:1]  # a student may have written what follows
    known = _NAME.fullmatch(first[0]) if first else None
    if known is None or not who.endswith(f"_{known['user']}"):
        return set()
    return {(printable(known["user"]), printable(known["name"]))}


def _owner(who: str, named: set[tuple[str, str]], items: set[str]) -> tuple[Owner, str]:
    """Whose an attempt is: by its text, or else by what the others call the item."""
    users = {user for user, _ in named} or {
        who.removeprefix(f"{item}_") for item in items if who.startswith(f"{item}_")
    }
    if not users and not items and who.count("_") == 1:
        users = {who.partition("_")[2]}
    if len(users) != 1:
        return Owner(SYSTEM, ""), "where the item's name ends and the user's begins cannot be told"
    (user,) = users
    return Owner(SYSTEM, printable(user), min((name for _, name in named), default="")), ""
