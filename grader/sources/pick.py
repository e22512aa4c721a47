"""What one student handed in, and what becomes of it: a submission, or a reason (trusted side)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Protocol

from grader.core.errors import UsageError
from grader.core.helper import Find, collect
from grader.core.submission import MAX_BYTES, MAX_NOTEBOOK, Submission, UnreadableError
from grader.core.text import printable
from grader.sources import typed
from grader.sources.choose import Choice, Files, choose
from grader.sources.entry import Found, Listing, Owner, Refused, Wanted
from grader.sources.member import Member
from grader.sources.names import is_program
from grader.sources.tree import TWICE, Tree


class Beside(Protocol):
    """Where helpers are looked for besides in what the student handed in."""

    def get(self, path: PurePosixPath, /) -> Member | None:
        """The file at a path, if it is there and may be imported."""


FEW = 3  # names in one sentence
LINKED = "it is a link to a folder"


@dataclass(frozen=True)
class HandedIn:
    """What one student or group handed in: files, each with the path that the student gave it.

    `beside` are files that may only be imported: nobody's, or not the student's alone. `inside`
    tells that the files are in the place, and not the place itself.
    """

    owners: tuple[Owner, ...]
    wishes: tuple[str, ...]  # for ids, best first
    place: str
    files: tuple[tuple[PurePosixPath, Member], ...]
    refusal: str = ""  # why it is not graded whatever it holds
    beside: Beside = field(default_factory=dict[PurePosixPath, Member])
    inside: bool = False


def listing(
    tree: Tree, wanted: Wanted, handed_in: Sequence[HandedIn], unknown: Sequence[str]
) -> Listing:
    """List what was handed in, and the top-level names that the layout does not know."""
    picked = [pick(tree, wanted, each) for each in handed_in]
    stray = (Refused(tree.shown(name), "is nobody's by its name") for name in unknown)
    return Listing(
        len(handed_in) > len(unknown),
        tuple(p for p in picked if isinstance(p, Found)),
        (*(p for p in picked if isinstance(p, Refused)), *stray),
    )


def pick(tree: Tree, wanted: Wanted, handed_in: HandedIn) -> Found | Refused:
    """Take the program that counts by the rule of `grader.sources.choose`."""
    shown = tree.shown(handed_in.place)
    files = dict(handed_in.files)
    choice = Choice(reason=handed_in.refusal, refused=True)
    if not handed_in.refusal:
        choice = choose(files, wanted)
    place = f"{tree.place}/{handed_in.place}"
    if handed_in.inside and choice.member is not None:
        place, shown = f"{place}/{choice.path}", f"{shown}/{printable(f'{choice.path}')}"
    if choice.member is not None and (why := _damage(tree, choice.member, handed_in)):
        choice = Choice(reason=why, refused=True)
    if choice.member is None and any(m.problem == LINKED for m in files.values()):
        choice = Choice(reason=LINKED, refused=True)
    if choice.refused:
        return Refused(shown, choice.reason, handed_in.owners)
    name = printable(choice.path.name or PurePosixPath(place).name)[:200]
    beside = handed_in.beside

    def read() -> Submission:
        again = choose(files, wanted)  # so that nothing of a file is kept meanwhile
        if again.member is None:
            why = again.reason or _there(files, handed_in)
            raise UnreadableError(f"There is no Python file in {name}{why and f': {why}'}.")
        return program(again, wanted, beside)

    return Found(handed_in.wishes, place, shown, name, read, handed_in.owners)


def _there(files: Files, handed_in: HandedIn) -> str:
    """What is there in place of a program."""
    place = PurePosixPath(handed_in.place).name
    names = sorted(printable(m.path.name)[:80] for m in files.values() if m.path.name != place)
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return f"what is there is {', '.join(names[:FEW])}{more}" if names else ""


def _damage(tree: Tree, member: Member, handed_in: HandedIn) -> str:
    """Why a file was packed so that it cannot be read; of what nobody packed, a report says so."""
    packed = handed_in.owners or (tree.packed and not member.problem) or member.problem == TWICE
    return unreadable(member) if packed else ""


def program(choice: Choice, wanted: Wanted, beside: Beside) -> Submission:
    """The submission that was chosen, unwrapped, with the files of its own that it imports."""
    member, path, own = choice.member, choice.path, choice.files or {}
    assert member is not None
    data = member.read(MAX_NOTEBOOK + 1)
    if not is_program(path):
        data = typed.program_in(path.name, data, wanted.function)
        return Submission.of(printable(path.name)[:200], data)

    def find(relative: str) -> bytes | None:
        place = path.parent / relative
        other = own.get(place) or beside.get(place)
        if other is None or other.problem or place == path:
            return None
        try:
            return other.read(MAX_BYTES + 1)
        except UnreadableError:
            return None

    return with_helpers(path.name, data, find)


def with_helpers(name: str, data: bytes, find: Find) -> Submission:
    """A program, named for what it holds, together with what it imports."""
    name, data = typed.as_program(name, data)
    return Submission.of(printable(name)[:200], data).importing(collect(name, data, find))


def unreadable(member: Member) -> str:
    """Why a file cannot be read: what a platform packed badly is no fault of a student's."""
    if member.problem == TWICE:
        return f"{printable(member.path.name)} {TWICE}"
    try:
        member.read(1)
    except UnreadableError as error:
        return str(error).removesuffix(".")
    return ""


def text(member: Member, limit: int, shown: str) -> str:
    """A text that a platform wrote; raises UsageError where it cannot be read or is too long."""
    data = member.read(limit + 1)
    if len(data) > limit:
        raise UsageError(f"{shown} is larger than {limit:,} bytes.")
    return data.decode("utf-8-sig", "replace")
