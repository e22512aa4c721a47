"""Files and folders that lie side by side, and what they say of each other (trusted side).

A file is an answer if it has the name of the one handed out, or defines the exercise's function. A
helper is what an answer imports and is none itself.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from grader.core.helper import collect
from grader.core.submission import UnreadableError
from grader.core.text import printable
from grader.sources import typed
from grader.sources.choose import LOOKED_INTO, Files, content
from grader.sources.entry import Wanted
from grader.sources.member import Member
from grader.sources.names import is_archive, is_document, is_handed_out, is_program, is_text
from grader.sources.tree import Tree

_IMPORT = re.compile(rb"^\s*(?:from|import)\s+(\w+(?:[ \t]*,[ \t]*\w+)*)", re.M)


@dataclass(frozen=True)
class Shared:
    """What an answer may import of what lies beside it; another's answer is not lent out."""

    helpers: Files
    answers: Collection[PurePosixPath]

    def get(self, path: PurePosixPath, /) -> Member | None:
        """The helper at a path; raises UnreadableError for an answer."""
        if path in self.answers:
            raise UnreadableError(borrowed(path))
        return self.helpers.get(path)


def borrowed(path: PurePosixPath) -> str:
    """Why a program is not run that imports what may be another student's answer."""
    return (
        f"It imports {printable(path.name)[:200]}, which is an answer itself. Files side by side "
        "are taken for different students': put those of one student into a folder of their own."
    )


class Level:
    """What lies side by side in a tree."""

    def __init__(self, tree: Tree, wanted: Wanted) -> None:
        """Look at all names, and into the programs."""
        self.tree, self.wanted = tree, wanted
        tops = tree.by_top()
        deep = {n for n, ms in tops.items() if ms[0].is_folder or len(ms[0].path.parts) > 1}
        self.folders = {name: tops[name] for name in tops if name in deep}
        self.loose = {m.path: m for n, ms in tops.items() if n not in deep for m in ms}
        self.programs = [path for path in self.loose if is_program(path)]
        self.named = [path for path in self.programs if is_handed_out(path, wanted.stub)]
        defining = (p for p in self.programs if self.defines(p, self.loose[p]))
        self.answers = dict.fromkeys(sorted({*self.named, *defining}))  # there may be thousands
        folders = self.folders.items()
        self.having = {n for n, ms in folders if any(may_be_answer(m.path) for m in ms)}
        self.working = {n for n, ms in folders if self._works(ms)}

    @cached_property
    def helpers(self) -> dict[PurePosixPath, Member]:
        """What answers here import: no file that is an answer itself, nor a folder with one."""
        own = {p: self.loose[p] for p in self.programs if p not in self.answers}
        for name, members in self.folders.items():
            if name not in self.working:
                own |= {m.path: m for m in members if is_program(m.path)}
        stems = {name for path in own for name in (path.stem, path.parts[0])}
        names = {name.encode() for name in stems if name.isidentifier()}
        imported: dict[PurePosixPath, Member] = {}

        def find(path: str) -> bytes | None:
            member = own.get(PurePosixPath(path))
            return None if member is None else content(member)

        for path in self.answers:
            said = content(self.loose[path])
            found = {name.strip() for names in _IMPORT.findall(said) for name in names.split(b",")}
            if not found & names:
                continue
            try:
                used = collect(path.name, said, find)
            except UnreadableError:
                continue
            imported |= {p: own[p] for p in (PurePosixPath(helper.path) for helper in used)}
        return imported

    def beside(self, path: PurePosixPath) -> Shared:
        """What a file here may import."""
        return Shared(self.helpers if path in self.answers else {}, self.answers)

    def is_helper(self, folder: str) -> bool:
        """Tell whether an answer beside a folder imports what is in it."""
        return any(len(p.parts) > 1 and p.parts[0] == folder for p in self.helpers)

    def has_document(self, folder: str) -> bool:
        """Tell whether a folder holds what a student may have handed in for a program."""
        return any(is_document(m.path) for m in self.folders[folder])

    def defines(self, path: PurePosixPath, member: Member) -> bool:
        """Tell whether a program defines the function."""
        name, data = typed.as_program(path.name, content(member))
        return typed.defines(name, data, self.wanted.function)

    def holds_program(self, path: PurePosixPath) -> bool:
        """Tell whether a text is one that holds a program."""
        if not is_text(path):
            return False
        try:
            typed.program_in(path.name, content(self.loose[path]), self.wanted.function)
        except UnreadableError:
            return False
        return True

    def _works(self, members: list[Member]) -> bool:
        """Tell whether a folder holds an answer."""
        programs = [m for m in members if is_program(m.path)]
        if any(is_handed_out(m.path, self.wanted.stub) for m in programs):
            return True
        return any(self.defines(m.path, m) for m in programs[:LOOKED_INTO])


def may_be_answer(path: PurePosixPath) -> bool:
    """Tell whether a file may hold an answer by its name."""
    return is_program(path) or is_archive(path)
