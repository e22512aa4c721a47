"""No platform's layout: folders, one a student, or files, one a student (trusted side).

In a folder of folders the folder is the student, whatever its files are called. Where files lie
side by side each is a student's, but for helpers. A folder with one file of the name that was
handed out, and no other answer, is one student's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from grader.sources.entry import Found, Listing, Refused, Wanted
from grader.sources.level import Level, may_be_answer
from grader.sources.member import Member
from grader.sources.names import is_archive, is_document, is_handed_out, program_name
from grader.sources.pick import LINKED, Beside, HandedIn, pick
from grader.sources.tree import Tree

IMPORTED = "is imported by others here, and no answer itself"
_BRANCH = re.compile(r".+-(?:main|master)")  # how GitHub calls the folder in its zip


def layout(tree: Tree, wanted: Wanted) -> Listing:
    """Tell what is a student here, and pick what each handed in."""
    return _picked(tree, wanted, _Students(tree, Level(_unwrapped(tree), wanted)))


def of_files(tree: Tree, wanted: Wanted, beside: Beside, above: Sequence[str]) -> Listing:
    """Files that were named one by one: each a student's, but for those that others import."""
    level = Level(tree, wanted)
    shared = len(level.answers) > 1

    def students() -> Iterator[HandedIn | Refused]:
        for path, member in level.loose.items():
            if path not in level.helpers:
                longer = (joined(above[-n:], path.stem) for n in range(1, 4))
                wishes = (path.stem, *above[-1:], *longer)
                yield HandedIn((), wishes, f"{path}", ((path, member),), beside=beside)
            elif shared:
                yield Refused(f"{path}", IMPORTED)

    return _picked(tree, wanted, students())


def _picked(tree: Tree, wanted: Wanted, students: Iterable[HandedIn | Refused]) -> Listing:
    each = [s if isinstance(s, Refused) else pick(tree, wanted, s) for s in students]
    found = tuple(one for one in each if isinstance(one, Found))
    return Listing(True, found, tuple(one for one in each if isinstance(one, Refused)))


def _unwrapped(tree: Tree) -> Tree:
    """The tree within folders that only wrap it; a note beside them is no reason to stay out."""
    while not any(may_be_answer(m.path) for m in tree.files if len(m.path.parts) == 1):
        folders = {m.path.parts[0] for m in tree.members if _is_below(m)}
        inside = tree.inner()
        if inside is None or len(folders) != 1:
            break
        tree = inside
    return tree


def _is_below(member: Member) -> bool:
    return len(member.path.parts) > 1 or member.is_folder or member.problem == LINKED


class _Students:
    """Who is a student where things lie side by side; and what is refused at once."""

    def __init__(self, whole: Tree, level: Level) -> None:
        self._whole, self._level = whole, level
        self._above = [whole.name, *PurePosixPath(level.tree.above).parts]

    def __iter__(self) -> Iterator[HandedIn | Refused]:
        level, function = self._level, self._level.wanted.function
        others = [p for p in level.programs if p not in level.answers and p not in level.helpers]
        folders = {name for name in level.having if not level.is_helper(name)}
        if len(level.named) == 1 and [*level.answers] == level.named and not level.working:
            (path,) = level.named
            yield self._alone(path)
            if _BRANCH.fullmatch(level.tree.name):
                return  # a repository: what else is there is no student's
            for other in (*others, *map(PurePosixPath, sorted(folders))):
                reason = f"lies beside {path}, which counts, and does not define {function}"
                yield self._refused(other, reason)
            return
        yield from map(self._file, level.answers)
        for path in others:
            if level.working and not level.answers:
                reason = f"lies beside the students' folders, and does not define {function}"
                yield self._refused(path, reason)
            else:
                yield self._file(path)
        if len(level.answers) > 1:
            shared = {PurePosixPath(path.parts[0]) for path in level.helpers}
            yield from (self._refused(path, IMPORTED) for path in sorted(shared))
        listed = level.folders if folders else filter(level.has_document, level.folders)
        for name in listed:
            if name in folders or not level.is_helper(name):
                yield self._folder(name)
        yield from self._rest(bool(level.answers or others))

    def _rest(self, among_files: bool) -> Iterator[HandedIn | Refused]:
        """Archives and texts that lie loose: one a student; and documents that hold no program."""
        for path, member in self._level.loose.items():
            if member.problem == LINKED:
                yield self._refused(path, LINKED)
            elif is_archive(path) or self._level.holds_program(path):
                yield self._file(path)
            elif among_files and is_document(path):
                yield self._refused(path, "is no program, and was not graded")

    def _file(self, path: PurePosixPath) -> HandedIn:
        """One file, one student."""
        name = PurePosixPath(program_name(path) or path.name.removesuffix(".gz"))
        wishes = self._wishes(name.stem)
        if is_handed_out(path, self._level.wanted.stub) and len(self._above) > 1:
            wishes = (self._above[-1], *wishes)
        files = ((path, self._level.loose[path]),)
        return HandedIn((), wishes, self._place(path), files, beside=self._level.beside(path))

    def _folder(self, name: str) -> HandedIn:
        """One folder, one student."""
        inside = [m for m in self._level.folders[name] if len(m.path.parts) > 1]
        files = tuple((m.path.relative_to(name), m) for m in inside)
        return HandedIn((), self._wishes(name), self._place(name), files, inside=True)

    def _alone(self, path: PurePosixPath) -> HandedIn:
        """All that is here, of one student, who is called as the folder around it."""
        called = [n for n in self._above[1:] if not _BRANCH.fullmatch(n)] or self._above[:1]
        files = tuple((m.path, m) for m in self._level.tree.files)
        return HandedIn((), (called[0], *self._wishes(path.stem)), self._place(path), files)

    def _wishes(self, name: str) -> tuple[str, ...]:
        above = self._above
        return (name, *(joined(above[-n:], name) for n in range(1, len(above) + 1)))

    def _place(self, path: PurePosixPath | str) -> str:
        return f"{self._level.tree.above}{path}"

    def _refused(self, path: PurePosixPath, reason: str) -> Refused:
        return Refused(self._whole.shown(self._place(path)), reason)


def joined(folders: Sequence[str], last: str) -> str:
    """Folders and a name as one name."""
    return "-".join((*folders, last))
