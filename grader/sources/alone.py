"""Files that were named one by one, with the helpers that lie beside them (trusted side)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.core.submission import MAX_NOTEBOOK, Submission, UnreadableError, read_bytes
from grader.core.text import printable
from grader.sources import plain, typed
from grader.sources.choose import content
from grader.sources.entry import Listing, Wanted
from grader.sources.folder import reader
from grader.sources.level import borrowed
from grader.sources.member import Member
from grader.sources.names import PAGES, is_handed_out
from grader.sources.pick import with_helpers
from grader.sources.tree import Tree


@dataclass(frozen=True)
class OnDisk:
    """What lies beside a file; with `wanted`, an answer there may be another student's."""

    folder: Path
    wanted: Wanted | None = None

    def get(self, path: PurePosixPath, /) -> Member | None:
        """The file at a path; raises UnreadableError for one that may be another's answer."""
        place = self.folder / path
        if not place.is_file():
            return None
        member = Member(path, reader(self.folder, place))
        if self.wanted is None:
            return member
        defines = typed.defines(path.name, content(member), self.wanted.function)
        if defines or is_handed_out(path, self.wanted.stub):
            raise UnreadableError(borrowed(path))
        return member


def submission(path: Path, wanted: Wanted) -> Submission:
    """The file at a path, with what it imports of the files beside it; raises UnreadableError."""
    data = read_bytes(path, MAX_NOTEBOOK + 1)
    name = printable(path.name)[:200]
    if path.suffix.lower() in PAGES:
        return Submission.of(name, typed.program_in(path.name, data, wanted.function))
    beside = OnDisk(path.absolute().parent.resolve())

    def find(relative: str) -> bytes | None:
        other = beside.get(PurePosixPath(relative))
        return None if other is None or relative == path.name else content(other) or None

    return with_helpers(name, data, find)


def listing(folder: Path, names: Sequence[str], wanted: Wanted) -> Listing:
    """Take files of one folder as a folder with these files alone; helpers may lie beside them."""
    members = [Member(PurePosixPath(name), reader(folder, folder / name)) for name in names]
    tree = Tree.of(folder.name, f"{folder}", members)
    above = folder.parts[1:]
    return plain.of_files(tree, wanted, OnDisk(folder, wanted), above)
