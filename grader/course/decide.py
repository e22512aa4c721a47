"""Decides what one submission counts: a pure function of reports, rules, corrections and times."""

from collections.abc import Mapping, Sequence
from typing import Literal

from grader.course import words
from grader.course.count import Case, Counted, count, fraction, handed_in, number, plain, total
from grader.course.final import Final, Step, Timing
from grader.course.late import Due
from grader.course.rules import Course
from grader.course.words import shown


def decide(case: Case, course: Course, worth: Mapping[str, int]) -> Final:
    """Decide what a submission counts; `worth` are the exercise's own points for each check."""
    most = total(case, course, worth)
    counted = [count(case, attempt, report, course, worth) for attempt, report in case.attempts]
    chosen, unknown = _chosen(counted, course)
    newest = case.attempts[-1][1]
    steps = list(chosen.steps)
    if len(counted) > 1 and course.counts != "newest":
        times = [handed_in(c.attempt, course) for c in counted]
        said = words.attempt(course, len(counted), counted.index(chosen) + 1, times)
        steps.insert(0, Step("attempt", said, number(plain(chosen.report))))
    score, without = chosen.score, chosen.before
    state: Literal["scored", "excused", "none"] = "none" if score is None else "scored"
    for each in case.corrections:
        if each.excused:
            score, without, state = None, None, "excused"
            steps.append(Step("correction", words.correction(each, None, None), None))
        elif each.score is not None:
            score = without = fraction(each.score)
            state = "scored"
            steps.append(Step("correction", words.correction(each, None, most), number(score)))
    return Final(
        case.id,
        newest.score,
        newest.max_score,
        chosen.report.score,
        number(score),
        number(most) or 0,
        number(without),
        state,
        case.section,
        chosen.report.submission.sha256,
        _timing(case.due, chosen, course),
        tuple(steps),
        (*unknown, *_unknown(case, chosen, course)),
        tuple(_warnings(case, chosen)),
    )


def _chosen(counted: Sequence[Counted], course: Course) -> tuple[Counted, list[str]]:
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


def _timing(due: Due | None, chosen: Counted, course: Course) -> Timing | None:
    at = handed_in(chosen.attempt, course)
    if due is None and at is None:
        return None
    late = chosen.attempt.late if chosen.late is None else bool(chosen.late.days)
    days, free = (None, None) if chosen.late is None else (chosen.late.days, chosen.late.free)
    if due is None:
        late = days = free = None
    return Timing(due.at if due else None, at, late, days, free, chosen.attempt.by)


def _unknown(case: Case, chosen: Counted, course: Course) -> Sequence[str]:
    found = []
    told = max(attempt.told for attempt, _ in case.attempts)
    if course.counts != "newest" and told > len(case.attempts):
        found.append(words.elsewhere(told, len(case.attempts)))
    if case.due is not None and chosen.late is None:
        found.append(words.unknown(chosen.attempt, case.due))
    return found


def _warnings(case: Case, chosen: Counted) -> Sequence[str]:
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
