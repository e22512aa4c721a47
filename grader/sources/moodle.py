"""Moodle: `Full name_<participant>_assignsubmission_file`, folders or flat (trusted side)."""

import re
from collections import defaultdict
from pathlib import PurePosixPath

from grader.core.text import printable
from grader.sources.entry import Listing, Owner, Wanted
from grader.sources.member import Member
from grader.sources.pick import HandedIn, listing
from grader.sources.tree import Tree

SYSTEM = "moodle"
# The last `_` is left out by newer versions; without folders the file's name follows it.
PATTERN = re.compile(
    r"(?P<name>.+?)_(?P<id>\d{1,20})_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*)|\.html)?",
    re.S,
)
BLIND = "Participant"


def layout(tree: Tree, wanted: Wanted) -> Listing:
    """Put together what each participant handed in: files, and texts typed in."""
    by_id: dict[str, list[tuple[str, PurePosixPath, Member]]] = defaultdict(list)
    names: dict[str, str] = {}
    tops: dict[str, str] = {}
    unknown = []
    for top, below in tree.by_top().items():
        known = PATTERN.fullmatch(top)
        if known is None:
            unknown.append(top)
            continue
        id = known["id"]
        tops[id] = min(tops.get(id, top), top)
        for member in below:
            inside = member.path.relative_to(top)
            path = inside if inside.parts else PurePosixPath(known["file"] or top)
            by_id[id].append((known["name"], path, member))
    handed_in = []
    for id, files in by_id.items():
        several = sorted({printable(name) for name, _, _ in files})
        names[id] = several[0]
        owner = Owner(SYSTEM, id, "" if names[id].startswith(BLIND) else names[id])
        listed = ", ".join(several)
        refusal = f"the participant {id} has several names: {listed}" if len(several) > 1 else ""
        wishes = (names[id], f"{names[id]}-{id}") if owner.name else (f"{BLIND}-{id}",)
        paths = tuple((path, member) for _, path, member in files)
        handed_in.append(HandedIn((owner,), wishes, tops[id], paths, refusal))
    return listing(tree, wanted, handed_in, unknown)
