"""nbgrader: `submitted/<student>/<assignment>/<file>`, with `timestamp.txt` (trusted side)."""

from collections import defaultdict
from pathlib import PurePosixPath

from grader.core.text import printable
from grader.sources.bounds import excess
from grader.sources.entry import Listing, Owner, Wanted
from grader.sources.member import Member
from grader.sources.names import is_handed_out
from grader.sources.pick import HandedIn, listing
from grader.sources.tree import Tree

SYSTEM = "nbgrader"
FOLDER = "submitted"
STAMP = "timestamp.txt"


def layout(tree: Tree, wanted: Wanted) -> Listing:
    """Go into `submitted`; a student is a folder there, and holds a folder for the assignment."""
    tops = tree.by_top()
    if FOLDER in tops and all(len(m.path.parts) > 1 for m in tops[FOLDER]):
        tree = tree.below(FOLDER)
    elif tree.name != FOLDER and not _stamped(tree):
        return Listing(False)
    assignment = _assignment(tree, wanted.stub)
    students: dict[str, list[tuple[PurePosixPath, Member]]] = defaultdict(list)
    unknown = []
    for top, members in tree.by_top().items():
        deep = [m for m in members if len(m.path.parts) > 2 or excess([m])]
        if not deep and not members[0].is_folder:
            unknown.append(top)
        students[top].extend(
            (PurePosixPath(*m.path.parts[2:]), m)
            for m in deep
            if assignment in ("", m.path.parts[1]) or excess([m])
        )
    handed_in = [
        HandedIn((Owner(SYSTEM, printable(s)),), (s,), s, tuple(files))
        for s, files in students.items()
        if s not in unknown
    ]
    return listing(tree, wanted, handed_in, unknown)


def _stamped(tree: Tree) -> bool:
    """Tell whether most students' folders have a time stamp where nbgrader puts it."""
    stamped = {m.path.parts[0] for m in tree.files if _is_stamp(m.path)}
    return 2 * len(stamped) > len(tree.by_top())


def _is_stamp(path: PurePosixPath) -> bool:
    return len(path.parts) == 3 and path.name == STAMP


def _assignment(tree: Tree, stub: str) -> str:
    """The only assignment in which someone handed in a file with the stub's name, if there is."""
    deep = [m.path for m in tree.files if len(m.path.parts) > 2]
    named = {path.parts[1] for path in deep if is_handed_out(path, stub)}
    return named.pop() if len(named) == 1 else ""
