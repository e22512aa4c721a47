"""How much one student may hand in: what exceeds that is refused for that student alone (trusted).

A student is a folder of the level at which a source has more than one. What is above are folders
that only wrap the class.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

from grader.sources.member import Member, refuse

MAX_FILES = 5_000  # of one student
MAX_DEPTH = 32  # folders, one in the other
WRAPPED = 3  # folders that a whole source may be wrapped in
SUBMITTED = "submitted"  # nbgrader's folder of students, beside others
TOO_MANY = f"holds more than {MAX_FILES:,} files"
TOO_DEEP = f"has more than {MAX_DEPTH} folders one in the other"
MARK = "..."  # stands for what is not listed
_Parts = tuple[str, ...]


def bounded(members: Iterable[Member]) -> Iterator[Member]:
    """Give the members; for a student with too many, or with too deep folders, a mark instead."""
    all_members = list(members)
    deep = {m.path.parts[:MAX_DEPTH] for m in all_members if len(m.path.parts) > MAX_DEPTH}
    all_members = [m for m in all_members if len(m.path.parts) <= MAX_DEPTH]
    paths = [m.path.parts for m in all_members]
    level = class_level([*paths, *(parts[:-1] for parts in deep)])
    counts = Counter(unit(parts, level) for parts in paths)
    many = {u for u, count in counts.items() if u and count > MAX_FILES}
    many |= {unit(m.path.parts, level) for m in all_members if m.problem == TOO_MANY}
    yield from (m for m in all_members if unit(m.path.parts, level) not in many)
    marks = dict.fromkeys(many, TOO_MANY)
    marks |= {unit(parts, level) or parts[:-1]: TOO_DEEP for parts in deep}
    for place, problem in sorted(marks.items()):
        path = PurePosixPath(*place, MARK)
        yield Member(path, refuse(problem, path.parent.name), problem)


def excess(members: Iterable[Member]) -> str:
    """Why a student's files are refused whatever they are, if they are."""
    return next((m.problem for m in members if m.problem in (TOO_MANY, TOO_DEEP)), "")


def class_level(paths: Collection[_Parts]) -> _Parts:
    """The folder of which each folder is a student: the first that holds more than one."""
    level: _Parts = ()
    for _ in range(WRAPPED):
        folders = _folders(paths, level)
        if len(folders) != 1:
            break
        level = (*level, folders.pop())
    return (*level, SUBMITTED) if SUBMITTED in _folders(paths, level) else level


def unit(parts: _Parts, level: _Parts) -> _Parts:
    """The student's folder that a file is in; nothing for a file that is in none."""
    same = 0
    while same < min(len(level), len(parts) - 1) and parts[same] == level[same]:
        same += 1
    return parts[: same + 1] if len(parts) > same + 1 else ()


def _folders(paths: Collection[_Parts], level: _Parts) -> set[str]:
    depth = len(level)
    return {p[depth] for p in paths if len(p) > depth + 1 and p[:depth] == level}
