"""What one attempt counts: points, corrections, lateness, step by step (pure, trusted side)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from grader.core.report import Report
from grader.course import words
from grader.course.correction import Correction
from grader.course.final import Number, Step
from grader.course.handed_in import Attempt
from grader.course.late import Due, Lateness, lateness, reduced
from grader.course.rules import Course


@dataclass(frozen=True)
class Case:
    """What is known of one submission: reports of its attempts, the newest last; corrections."""

    id: str
    attempts: tuple[tuple[Attempt, Report], ...]
    corrections: tuple[Correction, ...]
    due: Due | None
    section: str


@dataclass(frozen=True)
class Counted:
    """One attempt with the steps up to its score."""

    attempt: Attempt
    report: Report
    before: Fraction | None  # without the rule on late ones
    score: Fraction | None
    steps: tuple[Step, ...]
    late: Lateness | None  # None: not known


def total(case: Case, course: Course, worth: Mapping[str, int]) -> Fraction:
    """How many points there are, on the course's scale."""
    if not course.points:
        return Fraction(case.attempts[-1][1].max_score)
    return Fraction(sum(course.points.get(id, points) for id, points in worth.items()))


def count(
    case: Case, attempt: Attempt, report: Report, course: Course, worth: Mapping[str, int]
) -> Counted:
    """Points, corrections of checks, a grade by hand, and then what lateness leaves of it."""
    steps = []
    score, most = plain(report), Fraction(report.max_score)
    if course.points:
        points = {c.id: _earned(c.id, c.points, c.max_points, course) for c in report.checks}
        before, score = score, None if score is None else sum(points.values(), Fraction(0))
        most = total(case, course, worth)
        if score is not None and (score != before or most != report.max_score):
            said = words.points(report, score, most)
            steps.append(Step("points", said, number(score)))
    for each in case.corrections:
        if each.by_hand is not None:
            score = fraction(each.by_hand)
            steps.append(Step("correction", words.correction(each, None, most), number(score)))
        elif each.check and each.points is not None and score is not None:
            check = next((c for c in report.checks if c.id == each.check), None)
            had = _earned(check.id, check.points, check.max_points, course) if check else 0
            score += fraction(each.points) - had
            of = Fraction(course.points.get(each.check, worth.get(each.check, 0)))
            said = words.correction(each, Fraction(had), of)
            steps.append(Step("correction", said, number(score)))
    seen = _lateness(case.due, attempt, course)
    after = score
    if seen is not None and case.due is not None and seen.days and score is not None:
        after = reduced(course.late, seen, score, most)
        said = words.late(course, case.due, handed_in(attempt, course), seen, score, after)
        steps.append(Step("late", said, number(after)))
    return Counted(attempt, report, score, after, tuple(steps), seen)


def _earned(id: str, points: int, most: int, course: Course) -> Fraction:
    """A check's points on the course's scale."""
    if id not in course.points:
        return Fraction(points)
    if points >= most:
        return Fraction(course.points[id])
    return Fraction(points * course.points[id], most)


def plain(report: Report) -> Fraction | None:
    """The automatic score."""
    return None if report.score is None else Fraction(report.score)


def handed_in(attempt: Attempt, course: Course) -> datetime | None:
    """When it was handed in; None where that is not known, or its zone is not."""
    if attempt.at is None or (attempt.at.tzinfo is None and not course.zone):
        return None
    return course.at(attempt.at)


def _lateness(due: Due | None, attempt: Attempt, course: Course) -> Lateness | None:
    """How late; None where it is not known, and where only that it was late is known."""
    at = handed_in(attempt, course)
    if due is None or (at is None and attempt.late is False):
        return Lateness(0, 0, closed=False)
    return None if at is None else lateness(course, due, at)


def fraction(value: Number) -> Fraction:
    """A score as it is written, exactly."""
    return Fraction(str(value))


def number(value: Fraction | int | None) -> Number | None:
    """A score as it is written: two decimals at most, a half goes up."""
    if value is None:
        return None
    cents = words.cents(value)
    return cents // 100 if cents % 100 == 0 else cents / 100
