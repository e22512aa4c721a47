"""A tree of files, the same for a folder, a zip and a tar: layouts are functions of it (trusted).

Nothing is read before someone asks, and nothing is ever unpacked.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from grader.core.text import printable
from grader.sources.bounds import bounded
from grader.sources.member import Member

# Folders that hold nobody's answer; repositories often hold copies of packages by mistake.
SKIPPED = ("__pycache__", "__MACOSX", "node_modules", "site-packages")
CLUTTER = (".ds_store", "thumbs.db", "desktop.ini")  # what systems put into folders by themselves
MARKS = ("._", "~$", ".~lock.")  # how names begin of what macOS and offices put beside a file
TWICE = "is in the archive twice, and which one is meant cannot be told"


@dataclass(frozen=True)
class Tree:
    """Files by their paths, below a name; `place` tells it from every other source.

    `packed` tells an archive, whose damage is no student's, from a folder.
    """

    name: str
    place: str
    members: tuple[Member, ...]
    above: str = ""  # the folders that `inner` went into
    packed: bool = False

    @classmethod
    def of(cls, name: str, place: str, members: Iterable[Member], packed: bool = False) -> "Tree":
        """Put a tree together, in order of paths; a path that is there twice is refused.

        Paths become NFC, unless there are two that differ in that alone.
        """
        raw: dict[PurePosixPath, list[Member]] = defaultdict(list)
        seen = (m for m in members if not is_hidden(m.path / "_" if m.is_folder else m.path))
        for member in bounded(seen):
            raw[member.path].append(member)
        composed = {p: PurePosixPath(unicodedata.normalize("NFC", f"{p}")) for p in raw}
        shared = Counter(composed.values())
        by_path = {p if shared[composed[p]] > 1 else composed[p]: found for p, found in raw.items()}
        files = {p for p, ms in by_path.items() if not all(m.is_folder for m in ms)}
        full = {above for path in files for above in path.parents}
        kept = []
        for path, (first, *more) in sorted(by_path.items()):
            if path not in files and path in full:
                continue  # a folder is seen by its files
            twice = TWICE if more and path in files else first.problem
            kept.append(replace(first, path=path, problem=twice))
        return cls(name, place, tuple(kept), packed=packed)

    @property
    def files(self) -> tuple[Member, ...]:
        """All members that are no folders."""
        return tuple(m for m in self.members if not m.is_folder)

    def inner(self) -> "Tree | None":
        """The tree below the only folder, if there is one."""
        tops = {m.path.parts[0] for m in self.members if len(m.path.parts) > 1}
        return self.below(tops.pop()) if len(tops) == 1 else None

    def below(self, top: str) -> "Tree":
        """The tree below a folder."""
        deep = (m for m in self.members if m.path.parts[0] == top and len(m.path.parts) > 1)
        members = tuple(replace(m, path=m.path.relative_to(top)) for m in deep)
        return Tree(top, f"{self.place}/{top}", members, f"{self.above}{top}/", self.packed)

    def by_top(self) -> dict[str, list[Member]]:
        """All members by the first part of their paths."""
        tops: dict[str, list[Member]] = defaultdict(list)
        for member in self.members:
            tops[member.path.parts[0]].append(member)
        return dict(tops)

    def get(self, path: str) -> Member | None:
        """The file at a path."""
        return next((m for m in self.files if str(m.path) == path), None)

    def shown(self, path: PurePosixPath | str) -> str:
        """A path as it is written in a summary: from the source on, without what acts there."""
        return printable(f"{self.above}{path}")


def is_hidden(path: PurePosixPath) -> bool:
    """Tell whether a file is no submission: clutter, or in a folder that is not looked into."""
    if path.name.startswith(MARKS) or path.name.lower() in CLUTTER:
        return True
    return any(is_skipped(part) for part in path.parent.parts)


def is_skipped(part: str) -> bool:
    """Tell whether a folder of this name is not looked into."""
    return part in SKIPPED or (part.startswith(".") and part != "..")
