"""What a platform's own table tells of one student, and whose row is whose (pure, trusted side)."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.course.stamp import Stamp
from grader.sources.entry import Owner

# Whose ids may be those of the institution; "" is a folder that someone named. All others count
# for themselves: user 101 of one platform is not user 101 of another.
INSTITUTIONS = ("gradescope", "nbgrader", "blackboard", "")


@dataclass(frozen=True)
class Student:
    """A row: the platform's own id, all other ids in small letters, and what else it tells."""

    system: str
    id: str
    others: frozenset[str]
    section: str
    email: str
    stamp: Stamp | None
    unread: str = ""  # a time that could not be read


def student_of(students: Sequence[Student], owner: Owner) -> Student | None:
    """The one row that is an owner's; None for none, and for several."""
    keys = {owner.email.casefold()} - {""}
    if owner.system in INSTITUTIONS:
        keys.add(owner.id.casefold())
    same = [
        s
        for s in students
        if (s.system == owner.system and s.id == owner.id)
        or (s.system != owner.system and s.others & keys)
        or (not s.system and s.id.casefold() in keys | {owner.id.casefold()})
    ]
    return same[0] if len(same) == 1 else None
