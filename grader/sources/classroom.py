"""Clones of GitHub Classroom and Classroom 50: a folder a repository (trusted side).

Whose one is, is said by `scores.csv`, by the folder `<assignment>-submissions`, or by what the
repositories' names `<classroom>-<assignment>-<username>` have in common.
"""

import csv
import re
from pathlib import PurePosixPath

from grader.core.text import printable
from grader.sources.entry import Listing, Owner, Wanted
from grader.sources.member import Member
from grader.sources.names import is_handed_out
from grader.sources.pick import HandedIn, listing, text
from grader.sources.tree import Tree

SYSTEM = "github"
SCORES = "scores.csv"
OURS = (SCORES, "results.json", "result.json", "grades.csv")  # what the tools put beside clones
SUFFIX = "-submissions"
_REPOSITORY = re.compile(r"[\w.-]+", re.ASCII)  # what GitHub allows as a name
MAX_BYTES = 4 * 2**20


def layout(tree: Tree, wanted: Wanted) -> Listing:
    """A repository each, whose owner is what its name ends with."""
    tops = {n: m for n, m in tree.by_top().items() if n not in OURS}
    folders = {
        n for n, m in tops.items() if any(len(x.path.parts) > 1 for x in m) or m[0].is_folder
    }
    users = _usernames(tree)
    prefix = tree.name.removesuffix(SUFFIX) + "-" if tree.name.endswith(SUFFIX) else ""
    if prefix and not all(name.startswith(prefix) for name in folders):
        prefix = ""
    if not prefix and not users:
        having = {m.path.parts[0] for m in tree.files if is_handed_out(m.path, wanted.stub)}
        prefix = _common(folders) if 2 * len(having & folders) > len(folders) else ""
        if not prefix:
            return Listing(False)
    handed_in, unknown = [], sorted(set(tops) - folders)
    for name in sorted(folders):
        user = _owner(name, users) if users else name.removeprefix(prefix)
        if not user:
            unknown.append(name)
            continue
        files = tuple((m.path.relative_to(name), m) for m in tops[name] if len(m.path.parts) > 1)
        own = tuple(f for f in files if not _is_test(f, wanted.stub))
        handed_in.append(HandedIn((Owner(SYSTEM, printable(user)),), (user, name), name, own))
    return listing(tree, wanted, handed_in, unknown)


def _is_test(file: tuple[PurePosixPath, Member], stub: str) -> bool:
    return not is_handed_out(file[0], stub) and file[0].parts[0] in ("tests", "test")


def _usernames(tree: Tree) -> set[str]:
    member = tree.get(SCORES)
    if member is None:
        return set()
    try:
        rows = csv.DictReader(text(member, MAX_BYTES, SCORES).splitlines())
        return {name for row in rows if (name := (row.get("username") or "").strip())}
    except csv.Error:
        return set()


def _owner(repository: str, users: set[str]) -> str:
    """The longest user name that a repository's name ends with."""
    ends = [user for user in users if repository.lower().endswith(f"-{user.lower()}")]
    return max(ends, key=len, default="")


def _common(folders: set[str]) -> str:
    """`<classroom>-<assignment>-`, which all repositories begin with."""
    if len(folders) < 2 or not all(map(_REPOSITORY.fullmatch, folders)):
        return ""
    first, *others = (name.split("-") for name in sorted(folders))
    same = 0
    while all(parts[same : same + 1] == first[same : same + 1] for parts in others):
        same += 1
    return "-".join((*first[:same], "")) if same >= 2 else ""
