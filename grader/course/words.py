"""The sentences on scores that count (pure, trusted side). All but the last three are a student's.

What a person wrote as a reason is one line in which nothing acts.
"""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from grader.core.report import Report
from grader.core.text import clean
from grader.course.correction import NAME, Correction
from grader.course.handed_in import Attempt
from grader.course.late import Due, Lateness
from grader.course.rules import Course

MAX_REASON = 2000
END = (".", "?", "!")
WHICH = "the time of one attempt is not known, so that another one may be the last before the date"
KEYS = "an earlier attempt was graded with another key, and is not graded again"


def shown(value: Fraction | float | None) -> str:
    """A score in a sentence."""
    if value is None:
        return "none"
    return f"{cents(value) / 100:.2f}".rstrip("0").rstrip(".")


def cents(value: Fraction | float) -> int:
    """Hundredths of a point, of which a half goes up."""
    return (Fraction(str(value)) * 100 + Fraction(1, 2)).__floor__()


def points(report: Report, score: Fraction, most: Fraction) -> str:
    """What the course's points make of the automatic score."""
    return (
        f"With the course's points for each check, {report.score} of {report.max_score} are "
        f"{shown(score)} of {shown(most)}."
    )


def attempt(course: Course, count: int, number: int, times: Sequence[datetime | None]) -> str:
    """Which attempt counts."""
    at = times[number - 1]
    when = "" if at is None else f", handed in {course.shown(at)}"
    rule = {
        "newest": "the newest counts",
        "best": "the one with the most points counts",
        "last-before-due": "the last one before the due date counts",
    }[course.counts]
    which = "the newest" if number == count else f"number {number}"
    return f"Of {count} attempts {rule}: {which}{when}."


def correction(each: Correction, had: Fraction | None, most: Fraction | None) -> str:
    """What a person has changed, and why."""
    of = "" if most is None else f" of {shown(most)}"
    if each.excused:
        what = "Excused"
    elif each.by_hand is not None:
        what = f"Graded by hand: {shown(each.by_hand)}{of}"
    elif each.score is not None:
        what = f"Set by hand: {shown(each.score)}{of}"
    else:
        what = f"Corrected by hand: {each.check} from {shown(had)} to {shown(each.points)}{of}"
    reason = clean(each.reason, MAX_REASON)
    return f"{what}. Reason: {reason}{'' if reason.endswith(END) else '.'}"


def late(
    course: Course,
    due: Due,
    at: datetime | None,
    seen: Lateness,
    before: Fraction,
    after: Fraction,
) -> str:
    """How late it was, and what that costs."""
    date = f"{course.shown(due.at)}{', with the extension' if due.extended else ''}"
    when = "" if at is None else f" {course.shown(at)}"
    text = f"Handed in{when}, {_days(seen.days)} late (due {date})."
    if not (seen.closed or course.late.percent_a_day):
        return f"{text} That costs nothing."
    if seen.closed and due.closes is not None:
        text += f" It had closed {course.shown(due.closes)}, so nothing of it counts."
    else:
        if seen.free:
            text += f" {_days(seen.free)} of that {'is' if seen.free == 1 else 'are'} free."
        if left := seen.days - seen.free:
            rate, floor = shown(course.late.percent_a_day), shown(course.late.floor)
            base = "the points earned" if course.late.of == "earned" else "all points"
            text += f" {_days(left)} at {rate} % of {base}"
            text += f", of which {floor} % are left at least." if course.late.floor else "."
    return f"{text} {shown(before)} without this rule, {shown(after)} with it."


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def unknown(attempt: Attempt, due: Due) -> str:
    """What is not known of the time, so that no rule was applied."""
    if attempt.unread:
        return f"its time cannot be read: {clean(attempt.unread, 100)}"
    if attempt.at is not None:
        return 'its time has no zone, and the course names none: add zone = "Europe/Berlin"'
    if attempt.late:
        extension = ", and there is an extension" if due.extended else ""
        return f"it was late by {attempt.by}, and by how much is not known{extension}"
    return "when it was handed in is not known"


def elsewhere(told: int, here: int) -> str:
    """Attempts that were in no export."""
    return f"the platform tells of {told} attempts, of which {here} could be graded here"


def stale(each: Correction, why: str) -> str:
    """What has changed under a correction, for the instructor."""
    where = f"{NAME}, line {each.line}" if each.line else NAME
    return f"the correction of its {each.about} was made {why} ({where}): look again"
