"""Which of a student's files is the submission; where that is open, none is (trusted side)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.errors import UsageError
from grader.sources.entry import Found, Listing, Owner, Refused
from grader.sources.tree import TWICE, Member, Tree, is_archive
from grader.submission import SUFFIXES, Submission, UnreadableError, most, printable

NESTED = "is an archive within the source, and is not opened: what is in it has to be handed in"
LINKED = "it is a link to a folder"


@dataclass(frozen=True)
class HandedIn:
    """What one student or group handed in: files, each with the path that the student gave it."""

    owners: tuple[Owner, ...]
    wishes: tuple[str, ...]  # for ids, best first
    place: str
    files: tuple[tuple[PurePosixPath, Member], ...]
    refusal: str = ""  # why it is not graded whatever it holds


def listing(
    tree: Tree, stub: str, handed_in: Sequence[HandedIn], unknown: Sequence[str]
) -> Listing:
    """List what was handed in, and the top-level names that the layout does not know."""
    picked = [pick(tree, stub, each) for each in handed_in]
    stray = (Refused(tree.shown(name), "is nobody's by its name") for name in unknown)
    return Listing(
        len(handed_in) > len(unknown),
        tuple(p for p in picked if isinstance(p, Found)),
        (*(p for p in picked if isinstance(p, Refused)), *stray),
    )


def pick(tree: Tree, stub: str, handed_in: HandedIn) -> Found | Refused:
    """Take the only program, or the only one with the stub's name."""
    shown = tree.shown(handed_in.place)

    def refused(reason: str) -> Refused:
        return Refused(shown, reason, handed_in.owners)

    if handed_in.refusal:
        return refused(handed_in.refusal)
    programs = [f for f in handed_in.files if is_program(f[0])]
    named = [f for f in programs if is_handed_out(f[0], stub)]
    candidates = named or programs
    names = ", ".join(sorted(printable(f"{member.path}") for _, member in candidates))
    if len(candidates) > 1:
        called = f"{len(named)} files" if named else "several programs, but none"
        return refused(f"holds {called} called {stub}, and which is meant cannot be told: {names}")
    place = f"{tree.place}/{handed_in.place}"
    if candidates:
        path, member = candidates[0]
        if problem := unreadable(member):
            return refused(problem)
        return found(member, path.name, handed_in.wishes, place, shown, handed_in.owners)
    if archive := next((p for p, _ in handed_in.files if is_archive(p)), None):
        return refused(f"{printable(archive.name)} {NESTED}")
    if any(member.problem == LINKED for _, member in handed_in.files):
        return refused(LINKED)
    return without_program(handed_in.wishes, place, shown, handed_in.owners)


def unreadable(member: Member) -> str:
    """Why a file cannot be read: what a platform packed badly is no fault of a student's."""
    if member.problem == TWICE:
        return f"{printable(member.path.name)} {TWICE}"
    try:
        member.read(most(member.path.name) + 1)
    except UnreadableError as error:
        return str(error).removesuffix(".")
    return ""


def is_program(path: PurePosixPath) -> bool:
    """Tell whether a file may be a submission by its name."""
    return path.name.lower().endswith(SUFFIXES)


def is_handed_out(path: PurePosixPath, stub: str) -> bool:
    """Tell whether a file has the name of the one handed out, as a program of whatever kind."""
    return is_program(path) and path.stem == PurePosixPath(stub).stem


def found(
    member: Member,
    name: str,
    wishes: tuple[str, ...],
    place: str,
    shown: str,
    owners: tuple[Owner, ...] = (),
) -> Found:
    """A member as a submission."""
    name = printable(name)[:200]
    return Found(
        wishes,
        place,
        shown,
        name,
        lambda: Submission.of(name, member.read(most(name) + 1)),
        owners,
    )


def without_program(
    wishes: tuple[str, ...], place: str, shown: str, owners: tuple[Owner, ...] = ()
) -> Found:
    """A submission that has a report, and cannot be graded."""
    name = printable(PurePosixPath(place).name)[:200]

    def read() -> Submission:
        raise UnreadableError(f"There is no Python file in {name}.")

    return Found(wishes, place, shown, name, read, owners)


def text(member: Member, limit: int, shown: str) -> str:
    """A text that a platform wrote; raises UsageError where it cannot be read or is too long."""
    data = member.read(limit + 1)
    if len(data) > limit:
        raise UsageError(f"{shown} is larger than {limit:,} bytes.")
    return data.decode("utf-8-sig", "replace")
