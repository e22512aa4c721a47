"""Which of a student's files is the program: one rule for every layout (trusted side).

    1. The file named as the one handed out, or as a notebook of that name. Of several, the one
       nearest to the top; one that is as it was handed out does not count beside other answers.
    2. Else the only program that defines the exercise's function.
    3. Else a text, the page of a text box, or an archive, by the same rule.
    4. Else the only program that there is.

Equal files count as one. Where that leaves several, none is taken: a person has to decide.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from grader.core.errors import UsageError
from grader.core.submission import MAX_NOTEBOOK, UnreadableError
from grader.core.text import printable
from grader.sources import typed
from grader.sources.bounds import excess
from grader.sources.entry import Wanted
from grader.sources.inner import opened
from grader.sources.member import Member
from grader.sources.names import is_archive, is_handed_out, is_program, is_text

Files = Mapping[PurePosixPath, Member]
NOWHERE = PurePosixPath()
LOOKED_INTO = 40  # files of one student that are read to see which is meant
LISTED = 6  # names in one sentence


@dataclass(frozen=True)
class Choice:
    """The file that counts, with what lies beside it; or why there is none.

    `refused` tells that a person has to decide, or that the source is damaged; else nothing that
    could be graded was handed in.
    """

    path: PurePosixPath = NOWHERE
    member: Member | None = None
    files: Files | None = None
    reason: str = ""
    refused: bool = False
    sure: bool = True  # by its name, or by what it defines


def choose(files: Files, wanted: Wanted, *, nested: bool = False) -> Choice:
    """Apply the rule to what one student handed in; `nested` is what was in an archive already."""
    if problem := excess(files.values()):
        return Choice(reason=problem, refused=True)
    programs = [path for path in files if is_program(path)]
    named = [path for path in programs if is_handed_out(path, wanted.stub)]
    changed = [path for path in named[:LOOKED_INTO] if not _is(files[path], wanted.handed_out)]
    if changed:
        return _one(files, _foremost(files, changed), f"called {wanted.stub}")
    if len(programs) > LOOKED_INTO:
        return _several(f"holds {len(programs)} programs, and none is called {wanted.stub}", [])
    defining = [p for p in programs if p not in named and _defines(files[p], p, wanted)]
    if named and not defining:
        return _one(files, _foremost(files, named), f"called {wanted.stub}")
    if defining:
        what = f"that define {wanted.function}, and none called {wanted.stub}"
        return _one(files, _distinct(files, defining), what)
    elsewhere = [*_texts(files, wanted), *([] if nested else _archives(files, wanted))]
    sure = [choice for choice in elsewhere if choice.member is not None and choice.sure]
    if len(sure) == 1:
        return sure[0]
    if sure:
        return _several("holds several answers", [choice.path for choice in sure])
    if len(programs) == 1:
        return replace(_one(files, programs, ""), sure=False)
    if programs:
        what = f"holds several programs, and none is called {wanted.stub} or defines "
        return _several(f"{what}{wanted.function}", programs)
    return _last(elsewhere)


def _last(elsewhere: Sequence[Choice]) -> Choice:
    """Where there is no program: what was in an archive; or why nothing was to be had."""
    found = [choice for choice in elsewhere if choice.member is not None]
    if len(found) == 1:
        return found[0]
    if found:
        return _several("holds several programs in its archives", [c.path for c in found])
    refusals = [choice for choice in elsewhere if choice.refused]
    return next(iter(refusals or elsewhere), Choice())


def _one(files: Files, candidates: Sequence[PurePosixPath], what: str) -> Choice:
    if len(candidates) > 1:
        return _several(f"holds {len(candidates)} files {what}", candidates)
    path = candidates[0]
    return Choice(path, files[path], files)


def _several(what: str, paths: Sequence[PurePosixPath]) -> Choice:
    names = sorted(printable(f"{path}")[:200] for path in paths)
    more = [f"and {len(names) - LISTED} more"] if len(names) > LISTED else []
    listed = f": {', '.join([*names[:LISTED], *more])}" if names else ""
    return Choice(reason=f"{what}; which is meant cannot be told{listed}", refused=True)


def _foremost(files: Files, named: list[PurePosixPath]) -> Sequence[PurePosixPath]:
    """Of files with the name that was handed out those nearest to the top."""
    top = min(len(path.parts) for path in named)
    foremost = [path for path in named if len(path.parts) == top]
    return foremost if len(foremost) == 1 else _distinct(files, foremost)


def _distinct(files: Files, paths: Iterable[PurePosixPath]) -> Sequence[PurePosixPath]:
    """One of each content; what cannot be read is like nothing else."""
    seen: dict[bytes | PurePosixPath, PurePosixPath] = {}
    for path in sorted(paths, key=lambda path: (len(path.parts), len(path.name), path)):
        seen.setdefault(content(files[path]) or path, path)
    return list(seen.values())


def content(member: Member) -> bytes:
    """A file's bytes, up to the largest that is graded; nothing of one that cannot be read."""
    try:
        return b"" if member.problem else member.read(MAX_NOTEBOOK + 1)
    except UnreadableError:
        return b""


def _is(member: Member, handed_out: bytes) -> bool:
    said = content(member).replace(b"\r\n", b"\n").strip()
    return bool(said) and said == handed_out.replace(b"\r\n", b"\n").strip()


def _defines(member: Member, path: PurePosixPath, wanted: Wanted) -> bool:
    name, data = typed.as_program(path.name, content(member))
    return typed.defines(name, data, wanted.function)


def _texts(files: Files, wanted: Wanted) -> Iterator[Choice]:
    """Texts and pages that hold the program; of one that names the function, why it does not."""
    for path in [path for path in files if is_text(path)][:LOOKED_INTO]:
        data = content(files[path])
        try:
            typed.program_in(path.name, data, wanted.function)
            yield Choice(path, files[path], files)
        except UnreadableError as error:
            if wanted.function.encode() in data:
                yield Choice(reason=str(error).removesuffix("."))


def _archives(files: Files, wanted: Wanted) -> Iterator[Choice]:
    """What the archives hold that a student handed in; an archive in one of these is not opened."""
    for path in [path for path in files if is_archive(path)][:LOOKED_INTO]:
        shown = printable(path.name)[:200]
        try:
            inside = {path / p: m for p, m in opened(path.name, files[path]).items()}
        except (UnreadableError, UsageError) as error:
            yield Choice(reason=str(error).removesuffix("."), refused=True)
            continue
        choice = choose(inside, wanted, nested=True)
        if choice.member is None and not choice.reason:
            packed = next((p for p in inside if is_archive(p)), None)
            why = f"{shown} holds none"
            if packed is not None:
                why = f"{printable(packed.name)[:200]} in {shown} is an archive in an archive"
            yield Choice(reason=why, refused=packed is not None)
        elif choice.member is None:
            yield replace(choice, reason=f"{shown} {choice.reason}")
        else:
            yield choice
