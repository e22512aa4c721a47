"""Decides what one submission counts: a pure function of reports, rules, corrections and times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from grader.core.report import Report
from grader.course import words
from grader.course.correction import Correction
from grader.course.final import Final, Number, Step, Timing
from grader.course.handed_in import Attempt
from grader.course.late import Due, Lateness, lateness, reduced
from grader.course.rules import Course
from grader.course.words import shown


@dataclass(frozen=True)
class Case:
    """What is known of one submission: reports of its attempts, the newest last; corrections."""

    id: str
    attempts: tuple[tuple[Attempt, Report], ...]
    corrections: tuple[Correction, ...]
    due: Due | None
    section: str


@dataclass(frozen=True)
class _Counted:
    """One attempt with the steps up to its score."""

    attempt: Attempt
    report: Report
    before: Fraction | None  # without the rule on late ones
    score: Fraction | None
    steps: tuple[Step, ...]
    late: Lateness | None  # None: not known


def decide(case: Case, course: Course, worth: Mapping[str, int]) -> Final:
    """Decide what a submission counts; `worth` are the exercise's own points for each check."""
    most = _most(case, course, worth)
    counted = [_counted(case, attempt, report, course, worth) for attempt, report in case.attempts]
    chosen, unknown = _chosen(counted, course)
    newest = case.attempts[-1][1]
    steps = list(chosen.steps)
    if len(counted) > 1 and course.counts != "newest":
        times = [_at(c.attempt, course) for c in counted]
        said = words.attempt(course, len(counted), counted.index(chosen) + 1, times)
        steps.insert(0, Step("attempt", said, _number(_plain(chosen.report))))
    score, without = chosen.score, chosen.before
    state: Literal["scored", "excused", "none"] = "none" if score is None else "scored"
    for each in case.corrections:
        if each.excused:
            score, without, state = None, None, "excused"
            steps.append(Step("correction", words.correction(each, None, None), None))
        elif each.score is not None:
            score = without = _fraction(each.score)
            state = "scored"
            steps.append(Step("correction", words.correction(each, None, most), _number(score)))
    return Final(
        case.id,
        newest.score,
        newest.max_score,
        chosen.report.score,
        _number(score),
        _number(most) or 0,
        _number(without),
        state,
        case.section,
        chosen.report.submission.sha256,
        _timing(case.due, chosen, course),
        tuple(steps),
        (*unknown, *_unknown(case, chosen, course)),
        tuple(_warnings(case, chosen)),
    )


def _most(case: Case, course: Course, worth: Mapping[str, int]) -> Fraction:
    if not course.points:
        return Fraction(case.attempts[-1][1].max_score)
    return Fraction(sum(course.points.get(id, points) for id, points in worth.items()))


def _counted(
    case: Case, attempt: Attempt, report: Report, course: Course, worth: Mapping[str, int]
) -> _Counted:
    """Points, corrections of checks, a grade by hand, and then what lateness leaves of it."""
    steps = []
    score, most = _plain(report), Fraction(report.max_score)
    if course.points:
        points = {c.id: _earned(c.id, c.points, c.max_points, course) for c in report.checks}
        before, score = score, None if score is None else sum(points.values(), Fraction(0))
        most = _most(case, course, worth)
        if score is not None and (score != before or most != report.max_score):
            said = words.points(report, score, most)
            steps.append(Step("points", said, _number(score)))
    for each in case.corrections:
        if each.by_hand is not None:
            score = _fraction(each.by_hand)
            steps.append(Step("correction", words.correction(each, None, most), _number(score)))
        elif each.check and each.points is not None and score is not None:
            check = next((c for c in report.checks if c.id == each.check), None)
            had = _earned(check.id, check.points, check.max_points, course) if check else 0
            score += _fraction(each.points) - had
            of = Fraction(course.points.get(each.check, worth.get(each.check, 0)))
            said = words.correction(each, Fraction(had), of)
            steps.append(Step("correction", said, _number(score)))
    seen = _lateness(case.due, attempt, course)
    after = score
    if seen is not None and case.due is not None and seen.days and score is not None:
        after = reduced(course.late, seen, score, most)
        said = words.late(course, case.due, _at(attempt, course), seen, score, after)
        steps.append(Step("late", said, _number(after)))
    return _Counted(attempt, report, score, after, tuple(steps), seen)


def _earned(id: str, points: int, most: int, course: Course) -> Fraction:
    """A check's points on the course's scale."""
    if id not in course.points:
        return Fraction(points)
    if points >= most:
        return Fraction(course.points[id])
    return Fraction(points * course.points[id], most)


def _plain(report: Report) -> Fraction | None:
    return None if report.score is None else Fraction(report.score)


def _at(attempt: Attempt, course: Course) -> datetime | None:
    """When it was handed in; None where that is not known, or its zone is not."""
    if attempt.at is None or (attempt.at.tzinfo is None and not course.zone):
        return None
    return course.at(attempt.at)


def _lateness(due: Due | None, attempt: Attempt, course: Course) -> Lateness | None:
    """How late; None where it is not known, and where only that it was late is known."""
    at = _at(attempt, course)
    if due is None or (at is None and attempt.late is False):
        return Lateness(0, 0, closed=False)
    return None if at is None else lateness(course, due, at)


def _chosen(counted: Sequence[_Counted], course: Course) -> tuple[_Counted, list[str]]:
    """The attempt that counts, and why that may be another one."""
    newest = counted[-1]
    if course.counts == "best":
        scored = [c for c in counted if c.score is not None]
        return max(reversed(scored), key=lambda c: c.score or 0, default=newest), []
    if course.counts == "last-before-due":
        in_time = [c for c in counted if c.late is not None and not c.late.days]
        open_ = len(counted) > 1 and any(c.late is None for c in counted)
        return (in_time[-1] if in_time else newest), [words.WHICH] if open_ else []
    return newest, []


def _timing(due: Due | None, chosen: _Counted, course: Course) -> Timing | None:
    at = _at(chosen.attempt, course)
    if due is None and at is None:
        return None
    late = chosen.attempt.late if chosen.late is None else bool(chosen.late.days)
    days, free = (None, None) if chosen.late is None else (chosen.late.days, chosen.late.free)
    if due is None:
        late = days = free = None
    return Timing(due.at if due else None, at, late, days, free, chosen.attempt.by)


def _unknown(case: Case, chosen: _Counted, course: Course) -> Sequence[str]:
    found = []
    told = max(attempt.told for attempt, _ in case.attempts)
    if course.counts != "newest" and told > len(case.attempts):
        found.append(words.elsewhere(told, len(case.attempts)))
    if case.due is not None and chosen.late is None:
        found.append(words.unknown(chosen.attempt, case.due))
    return found


def _warnings(case: Case, chosen: _Counted) -> Sequence[str]:
    """What has changed under a correction, and what a correction could not be applied to."""
    found = []
    for each in case.corrections:
        if each.sha256 and each.sha256 != chosen.report.submission.sha256:
            found.append(words.stale(each, "for another file of this student's"))
        elif each.sha256 and each.automatic != chosen.report.score:
            was, now = shown(each.automatic), shown(chosen.report.score)
            found.append(
                words.stale(each, f"when the automatic score was {was}, which is {now} now")
            )
        if each.check and chosen.report.score is None:
            found.append(words.stale(each, "for a check, and this run has none: see --by-hand"))
    keys = {report.key for _, report in case.attempts}
    if len(keys) > 1:
        found.append(words.KEYS)
    return found


def _fraction(value: Number) -> Fraction:
    return Fraction(str(value))


def _number(value: Fraction | int | None) -> Number | None:
    """A score as it is written: two decimals at most, a half goes up."""
    if value is None:
        return None
    cents = words.cents(value)
    return cents // 100 if cents % 100 == 0 else cents / 100
