"""How late a submission is, and what that costs (pure, trusted side)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from grader.course.rules import Course, Late, Section

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """Until when one student may hand in, when it closes, and the free days that are left."""

    at: datetime
    closes: datetime | None
    days: int
    extended: bool


@dataclass(frozen=True)
class Lateness:
    """Days begun after the due date, how many of them are free, and whether it had closed."""

    days: int
    free: int
    closed: bool


def due(course: Course, students: Collection[str], sections: Collection[str]) -> Due | None:
    """When something is due that belongs to these students (a group's is due with its last).

    `students` and `sections` are named as the course names them. None where there is no date.
    """
    dated = [course.sections[name] for name in sections if name in course.sections] or [Section()]
    dates = [(s.due or course.due, s.closes or course.closes) for s in dated]
    starts = [course.at(at) for at, _ in dates if at is not None]
    if not starts:
        return None
    at = max(starts)
    until = [_until(course, at, course.extensions[s]) for s in students if s in course.extensions]
    latest = max((at, *until))
    ends = [None if end is None else course.at(end) for _, end in dates]
    closes = None if None in ends else max((latest, *(end for end in ends if end is not None)))
    left = [course.late_days[s] for s in students if s in course.late_days]
    return Due(latest, closes, max(left, default=course.late.days), latest > at)


def _until(course: Course, at: datetime, extension: datetime | int) -> datetime:
    """A number of days keeps the hour on the clock, over a change of the clock too."""
    return at + extension * DAY if isinstance(extension, int) else course.at(extension)


def lateness(course: Course, due: Due, handed_in: datetime) -> Lateness:
    """Count days begun after the due date, by the clock on the wall where it was set."""
    if handed_in <= due.at + timedelta(minutes=course.late.grace_minutes):
        return Lateness(0, 0, closed=False)
    passed = handed_in.astimezone(due.at.tzinfo).replace(tzinfo=None) - due.at.replace(tzinfo=None)
    days = max(1, -(-passed // DAY))
    closed = due.closes is not None and handed_in > due.closes
    return Lateness(days, min(days, due.days), closed)


def reduced(late: Late, seen: Lateness, points: Fraction, most: Fraction) -> Fraction:
    """What is left of points: nothing when it had closed; never more than was earned."""
    if seen.closed:
        return Fraction(0)
    base = points if late.of == "earned" else most
    cost = base * Fraction(str(late.percent_a_day)) / 100 * (seen.days - seen.free)
    least = min(points, base * Fraction(str(late.floor)) / 100)
    return max(points - cost, least, Fraction(0))
