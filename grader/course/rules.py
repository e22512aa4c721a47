"""What `course.toml` may say (trusted side). How it is read and checked: `grader.course.read`."""

from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec

Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
Count = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
Counts = Literal["newest", "best", "last-before-due"]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything in the file."""


class Late(_Table, frozen=True):
    """What a day costs: `days` are free, each further one costs a percentage, down to a floor.

    A percentage is one `of` the points that were earned, or of those that could be.
    """

    percent_a_day: Percent = 0
    floor: Percent = 0
    of: Literal["earned", "possible"] = "earned"
    days: Count = 0
    grace_minutes: Count = 0


class Section(_Table, frozen=True):
    """A part of the class, and dates of its own."""

    students: tuple[str, ...] = ()
    due: datetime | None = None
    closes: datetime | None = None


class Course(_Table, frozen=True):
    """The rules; each is optional. A student is named by id, address, or the report's name.

    `extensions` say until when, or how many days more; `late_days` how many free days are left.
    """

    due: datetime | None = None
    closes: datetime | None = None
    zone: str = ""
    counts: Counts = "newest"
    total: Count | None = None
    timeout: Annotated[float, msgspec.Meta(ge=1)] | None = None
    highest_hint: Annotated[int, msgspec.Meta(ge=1, le=4)] | None = None
    late: Late = Late()
    points: dict[str, Count] = {}
    extensions: dict[str, datetime | Count] = {}
    late_days: dict[str, Count] = {}
    sections: dict[str, Section] = {}

    def at(self, time: datetime) -> datetime:
        """A time with its zone: its own, or else the course's."""
        return time if time.tzinfo is not None else time.replace(tzinfo=ZoneInfo(self.zone))

    def shown(self, time: datetime) -> str:
        """A time as it is written in a sentence: in the course's zone, with the zone's name."""
        local = time.astimezone(ZoneInfo(self.zone)) if self.zone else time
        return f"{local:%Y-%m-%d %H:%M} {local.tzname()}"
