"""The scores that count of a whole class, from what lies in a results folder (trusted side).

Without rules and without corrections there are none: every score is the automatic one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.core import report as reports
from grader.core.errors import UsageError
from grader.core.exercise import Exercise
from grader.core.files import to_json
from grader.core.report import Report
from grader.core.text import inert
from grader.course import correction as corrections
from grader.course import handed_in, read
from grader.course.correction import Correction
from grader.course.count import Case
from grader.course.decide import decide
from grader.course.final import Final
from grader.course.handed_in import Attempt, HandedIn
from grader.course.late import due
from grader.course.read import close
from grader.course.rules import Course
from grader.results.store import REPORTS
from grader.results.summary import Row, Summary
from grader.sources.entry import Owner

SCHEMA = "lift-grader/final/1"
NAME = "final.json"
_UNKNOWN = HandedIn()


class Finals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All scores that count, in order of ids; `remarks` are for the instructor."""

    schema: str
    course: bool
    finals: tuple[Final, ...]
    remarks: tuple[str, ...]

    def to_json(self) -> bytes:
        """Give its bytes: indented, in field order, with a final newline."""
        return to_json(self)

    def by_id(self) -> dict[str, Final]:
        """The scores by the ids of submissions."""
        return {each.id: each for each in self.finals}


@dataclass(frozen=True)
class Rules:
    """The course's rules, if there are any, all corrections, and the exercise's own points."""

    course: Course | None
    corrections: tuple[Correction, ...]
    worth: Mapping[str, int]


def rules(folder: Path, worth: Mapping[str, int], course: Course | None = None) -> Rules:
    """Read what lies in a results folder; raises UsageError for the first fault in it.

    Another course's rules take the place of those that lie there.
    """
    path = folder / read.NAME
    if course is None and path.is_file():
        course = read.read(path, worth)[0]
    found = Rules(course, corrections.read(folder), worth)
    for each in found.corrections:
        check(each, found)
    for id in {each.id for each in found.corrections}:
        corrections.of(found.corrections, id)
    return found


def check(each: Correction, rules: Rules, most: float | None = None) -> None:
    """Raise UsageError for a correction of no check, or with more points than there are."""
    where = f"{corrections.NAME}, line {each.line}: " if each.line else ""
    course = rules.course or Course()
    worth = {id: course.points.get(id, points) for id, points in rules.worth.items()}
    if each.check and each.check not in worth:
        raise UsageError(f"{where}There is no check {inert(each.check)}.{close(each.check, worth)}")
    limit = worth[each.check] if each.check else most or sum(worth.values())
    for given in (each.points, each.score, each.by_hand):
        if given is not None and not 0 <= given <= limit:
            what = each.check or "A submission"
            raise UsageError(f"{where}{what} has from 0 to {limit:g} points, and not {given:g}.")


def settle(folder: Path, summary: Summary, rules: Rules, *, always: bool = False) -> Finals | None:
    """Give the scores that count; None where there are no rules and no corrections."""
    if rules.course is None and not rules.corrections and not always:
        return None
    course = rules.course or Course()
    known = handed_in.read(folder)
    rows = {row.id: row for row in summary.submissions}
    own_names = {
        id: names(id, row.owners, known.get(id, _UNKNOWN).addresses) for id, row in rows.items()
    }
    meant = called(course, own_names)
    finals = []
    for id, row in sorted(rows.items()):
        told = known.get(id, _UNKNOWN)
        own = meant[id]
        sections = [name for name, s in course.sections.items() if own & set(s.students)]
        section = " + ".join(sections) or told.section
        until = due(course, own, sections or [told.section])
        attempts = _attempts(folder, row, told, course)
        of = corrections.of(rules.corrections, id)
        finals.append(decide(Case(id, attempts, of, until, section), course, rules.worth))
    remarks = _strangers(course, meant, rules, rows)
    return Finals(SCHEMA, rules.course is not None, tuple(finals), tuple(remarks))


def names(id: str, owners: Sequence[Owner], addresses: Sequence[str] = ()) -> set[str]:
    """All names by which a course file may call a submission's students, in small letters."""
    found = {id, *addresses, *(text for o in owners for text in (o.id, o.email) if text)}
    return {name.casefold() for name in found}


def called(course: Course, names: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """For each submission the names in the course file that mean its students.

    Raises UsageError for a name that could mean two submissions.
    """
    by_name: dict[str, list[str]] = defaultdict(list)
    for id, own in names.items():
        for name in own:
            by_name[name].append(id)
    found: dict[str, set[str]] = {id: set() for id in names}
    for student in _students(course):
        ids = by_name.get(student.casefold(), [])
        if len(ids) > 1:
            raise UsageError(f"{inert(student)} in {read.NAME} may be {' or '.join(sorted(ids))}.")
        for id in ids:
            found[id].add(student)
    return found


def _students(course: Course) -> dict[str, str]:
    """The students that a course file names, and where it does."""
    found = dict.fromkeys(course.extensions, "extensions")
    found |= dict.fromkeys(course.late_days, "late_days")
    for name, section in course.sections.items():
        found |= dict.fromkeys(section.students, f"sections.{name}")
    return found


def _attempts(
    folder: Path, row: Row, told: HandedIn, course: Course
) -> tuple[tuple[Attempt, Report], ...]:
    """The reports of the attempts that are at hand; the newest is the one of the summary."""
    newest = _report(folder, row)
    sha256 = newest.submission.sha256
    last = next((a for a in told.attempts if a.sha256 == sha256), Attempt(sha256))
    earlier = []
    for attempt in told.attempts if course.counts != "newest" else ():
        if attempt.sha256 != sha256:
            report = handed_in.attempt_report(folder, row.id, attempt.sha256)
            if report is not None:
                earlier.append((attempt, report))
    return (*earlier, (last, newest))


def _report(folder: Path, row: Row) -> Report:
    try:
        return reports.from_json((folder / REPORTS / f"{row.id}.json").read_bytes())
    except (OSError, msgspec.MsgspecError) as error:
        raise UsageError(f"The report of {row.id} cannot be read: {error}.") from None


def _strangers(
    course: Course, meant: Mapping[str, set[str]], rules: Rules, rows: Mapping[str, Row]
) -> list[str]:
    """Names that are nobody's among these results: of who handed nothing in, or misspelt."""
    met = {student for own in meant.values() for student in own}
    found = [
        f"{read.NAME}, {where}: {inert(student)} is nobody of these submissions"
        for student, where in _students(course).items()
        if student not in met
    ]
    for each in rules.corrections:
        if each.id not in rows:
            where = f"{corrections.NAME}, line {each.line}"
            found.append(f"{where}: there is no submission {inert(each.id)}; nothing is corrected")
    return found


def of_results(exercise: Exercise, folder: Path, summary: Summary) -> dict[str, Final]:
    """The scores that count, by ids; nothing where every score is the automatic one."""
    found = settle(folder, summary, rules(folder, read.worth_of(exercise)))
    return {} if found is None else found.by_id()
