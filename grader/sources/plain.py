"""No platform's layout: folders, one a student, or files, one a student (trusted side).

In a folder of folders the folder is the student, whatever its files are called. Where there are
files and no folders, each file is a student, but for helpers: files that define nothing of the
exercise and that a program there imports. A folder with the file that was handed out, or with one
program and what it imports, is one student's.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from grader.helper import collect
from grader.sources import typed
from grader.sources.choose import Files, content
from grader.sources.entry import Found, Listing, Refused, Wanted
from grader.sources.member import Member
from grader.sources.names import (
    is_archive,
    is_document,
    is_handed_out,
    is_program,
    is_text,
    program_name,
)
from grader.sources.pick import LINKED, Beside, HandedIn, pick
from grader.sources.tree import Tree
from grader.submission import UnreadableError

_LOOKED_INTO = 40  # programs of one folder
IMPORTED = "is imported by others here, and no answer itself"
_BRANCH = re.compile(r".+-(?:main|master)")  # how GitHub calls the folder in its zip


def layout(tree: Tree, wanted: Wanted) -> Listing:
    """Tell what is a student here, and pick what each handed in."""
    found: list[Found] = []
    refused: list[Refused] = []
    for each in _Level(unwrapped(tree), wanted).students(tree):
        if isinstance(each, Refused):
            refused.append(each)
            continue
        picked = pick(tree, wanted, each)
        (found if isinstance(picked, Found) else refused).append(picked)  # type: ignore[arg-type]
    return Listing(True, tuple(found), tuple(refused))


def of_files(tree: Tree, wanted: Wanted, beside: Beside, above: Sequence[str]) -> Listing:
    """Files that were named one by one: each a student, but for those that others import."""
    level = _Level(tree, wanted)
    helpers = level.helpers()
    found: list[Found] = []
    refused: list[Refused] = []
    for path, member in level.loose.items():
        if path in helpers:
            if len(level.meant) > 1:
                refused.append(Refused(f"{path}", IMPORTED))
            continue
        wishes = (path.stem, *above[-1:], *(joined(above[-n:], path.stem) for n in range(1, 4)))
        one = HandedIn((), wishes, f"{path}", ((path, member),), beside=beside)
        picked = pick(tree, wanted, one)
        (found if isinstance(picked, Found) else refused).append(picked)  # type: ignore[arg-type]
    return Listing(True, tuple(found), tuple(refused))


def unwrapped(tree: Tree) -> Tree:
    """The tree within folders that only wrap it; a note beside them is no reason to stay out."""
    while not any(_may_be_answer(m.path) for m in tree.files if len(m.path.parts) == 1):
        folders = {m.path.parts[0] for m in tree.members if _is_below(m)}
        inside = tree.inner()
        if inside is None or len(folders) != 1:
            break
        tree = inside
    return tree


def _is_below(member: Member) -> bool:
    return len(member.path.parts) > 1 or member.is_folder or member.problem == LINKED


def _may_be_answer(path: PurePosixPath) -> bool:
    return is_program(path) or is_archive(path)


class _Level:
    """The folders and files that lie side by side, and what they say of each other."""

    def __init__(self, tree: Tree, wanted: Wanted) -> None:
        self.tree, self.wanted = tree, wanted
        tops = tree.by_top()
        self.folders = {
            n: ms for n, ms in tops.items() if ms[0].is_folder or len(ms[0].path.parts) > 1
        }
        self.loose = {m.path: m for n, ms in tops.items() if n not in self.folders for m in ms}
        self.programs = [p for p in self.loose if is_program(p)]
        self.named = [p for p in self.programs if is_handed_out(p, wanted.stub)]
        self.defining = [p for p in self.programs if self._defines(p, self.loose[p])]
        self.meant = sorted({*self.named, *self.defining})
        self.having = {
            n for n, ms in self.folders.items() if any(_may_be_answer(m.path) for m in ms)
        }
        self.working = {n for n, ms in self.folders.items() if self._works(ms)}

    def students(self, whole: Tree) -> Iterator[HandedIn | Refused]:
        """Each student with what is theirs; and what is refused at once."""
        meant, helpers = self.meant, self.helpers()
        others = [p for p in self.programs if p not in meant and p not in helpers]
        folders = {n for n in self.having if not self._is_helper(n, helpers)}
        if len(self.named) == 1 and meant == self.named and not self.working:
            yield self._alone(whole, self.named[0])
            for path in (*others, *map(PurePosixPath, sorted(folders))):
                what = f"lies beside {self.named[0]}, which counts, and does not define"
                yield self._refused(whole, path, f"{what} {self.wanted.function}")
            return
        for path in meant:
            yield self._file(whole, path, helpers)
        for path in others:
            if self.working and not meant:
                what = (
                    f"lies beside the students' folders, and does not define {self.wanted.function}"
                )
                yield self._refused(whole, path, what)
            else:
                yield self._file(whole, path, {})
        shared = {PurePosixPath(path.parts[0]) for path in helpers} if len(meant) > 1 else ()
        for path in sorted(shared):
            yield self._refused(whole, path, IMPORTED)
        listed = self.folders if folders else [n for n in self.folders if self._has_answer(n)]
        for name in listed:
            if name in folders or not self._is_helper(name, helpers):
                yield self._folder(whole, name)
        yield from self._rest(whole, bool(meant or others))

    def _rest(self, whole: Tree, files: bool) -> Iterator[HandedIn | Refused]:
        """Archives and texts that lie loose: one a student; and documents that hold no program."""
        for path, member in self.loose.items():
            if member.problem == LINKED:
                yield self._refused(whole, path, LINKED)
            elif is_archive(path) or self._holds_program(path, member):
                yield self._file(whole, path, {})
            elif files and is_document(path):
                yield self._refused(whole, path, "is no program, and was not graded")

    def _file(self, whole: Tree, path: PurePosixPath, helpers: Files) -> HandedIn:
        """One file, one student."""
        name = program_name(path) or path.name
        stem = name.removesuffix(".tar.gz").removesuffix(path.suffix)
        stem = PurePosixPath(name).stem if stem == name else stem
        above = self._above(whole)
        wishes = (stem, *(joined(above[-n:], stem) for n in range(1, len(above) + 1)))
        if is_handed_out(path, self.wanted.stub) and len(above) > 1:
            wishes = (above[-1], *wishes)
        files = ((path, self.loose[path]),)
        return HandedIn((), wishes, self._place(path), files, beside=helpers)

    def _folder(self, whole: Tree, name: str) -> HandedIn:
        """One folder, one student."""
        above = self._above(whole)
        wishes = (name, *(joined(above[-n:], name) for n in range(1, len(above) + 1)))
        inside = [m for m in self.folders[name] if len(m.path.parts) > 1]
        files = tuple((m.path.relative_to(name), m) for m in inside)
        return HandedIn((), wishes, self._place(PurePosixPath(name)), files, inside=True)

    def _alone(self, whole: Tree, path: PurePosixPath) -> HandedIn:
        """All that is here, of one student, who is called as the folder around it."""
        above = self._above(whole)
        called = [n for n in above[1:] if not _BRANCH.fullmatch(n)] or above[:1]
        longer = (joined(above[-n:], path.stem) for n in range(1, len(above) + 1))
        files = tuple((m.path, m) for m in self.tree.files)
        return HandedIn((), (called[0], *longer), self._place(path), files)

    def _above(self, whole: Tree) -> list[str]:
        return [whole.name, *PurePosixPath(self.tree.above).parts]

    def _place(self, path: PurePosixPath) -> str:
        return f"{self.tree.above}{path}"

    def _refused(self, whole: Tree, path: PurePosixPath, reason: str) -> Refused:
        return Refused(whole.shown(self._place(path)), reason)

    def helpers(self) -> dict[PurePosixPath, Member]:
        """What answers here import: no file that is an answer itself, nor a folder with one."""
        own = {p: self.loose[p] for p in self.programs if p not in self.meant}
        for name, members in self.folders.items():
            if name not in self.working:
                own |= {m.path: m for m in members if is_program(m.path)}
        stems = {part.encode() for p in own for part in (p.stem, p.parts[0])}
        imported: dict[PurePosixPath, Member] = {}

        def find(path: str) -> bytes | None:
            member = own.get(PurePosixPath(path))
            return None if member is None else content(member)

        for path in self.meant:
            said = content(self.loose[path])
            if any(stem in said for stem in stems):
                try:
                    used = collect(path.name, said, find)
                except UnreadableError:
                    continue
                found = (PurePosixPath(helper.path) for helper in used)
                imported |= {p: own[p] for p in found}
        return imported

    def _is_helper(self, folder: str, helpers: Files) -> bool:
        return any(len(p.parts) > 1 and p.parts[0] == folder for p in helpers)

    def _works(self, members: list[Member]) -> bool:
        """Tell whether a folder holds an answer: by a file's name, or by what one defines."""
        programs = [m for m in members if is_program(m.path)]
        if any(is_handed_out(m.path, self.wanted.stub) for m in programs):
            return True
        return any(self._defines(m.path, m) for m in programs[:_LOOKED_INTO])

    def _has_answer(self, folder: str) -> bool:
        return any(is_document(m.path) for m in self.folders[folder])

    def _defines(self, path: PurePosixPath, member: Member) -> bool:
        name, data = typed.as_program(path.name, content(member))
        return typed.defines(name, data, self.wanted.function)

    def _holds_program(self, path: PurePosixPath, member: Member) -> bool:
        if not is_text(path):
            return False
        try:
            typed.program_in(path.name, content(member), self.wanted.function)
        except UnreadableError:
            return False
        return True


def joined(folders: Sequence[str], last: str) -> str:
    """Folders and a name as one name."""
    return "-".join((*folders, last))
