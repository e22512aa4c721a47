"""What a bulk run does about a course's rules: checked first, applied last (trusted side)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.core.errors import UsageError
from grader.core.exercise import Exercise
from grader.core.files import write_whole
from grader.course import finals as settled
from grader.course import keep, read
from grader.course.correction import NAME
from grader.course.finals import Finals, Rules
from grader.course.keep import Write
from grader.course.rules import Course
from grader.course.stamp import Stamp
from grader.course.stamps import stamps
from grader.course.student import Student, student_of
from grader.gradebook import roster
from grader.results.summary import Summary
from grader.sources.entry import Entry, Owner


@dataclass(frozen=True)
class CourseJob:
    """The rules, the bytes they were read from, and what the platforms tell."""

    rules: Rules
    data: bytes | None
    path: Path | None = None
    rosters: tuple[tuple[Student, ...], ...] = ()
    files: tuple[Path, ...] = ()  # of the rosters
    stamps: dict[str, Stamp] = field(default_factory=dict)

    @classmethod
    def prepare(
        cls,
        exercise: Exercise,
        out: Path,
        sources: Sequence[Path],
        course: Path | None,
        rosters: Sequence[Path],
    ) -> "CourseJob":
        """Read all rules, and raise UsageError for what is wrong with any of them.

        The rules are those named, or those beside the sources, or those that were kept last time.
        """
        worth = read.worth_of(exercise)
        path = course or read.beside(sources)
        given = data = None
        if path is not None:
            given, data = read.read(path, worth)
        rules = settled.rules(out, worth, given)
        if rosters and rules.course is None:
            rules = replace(rules, course=Course())
            data = b"# No rules: a roster was given without any.\n"
        kept = out / read.NAME if rules.course is not None and data is None else None
        return cls(rules, data, path or kept, tuple(map(roster.read, rosters)), tuple(rosters))

    @property
    def timeout(self) -> float | None:
        """The course's time limit, if it has one."""
        return self.rules.course.timeout if self.rules.course else None

    def for_class(self, sources: Sequence[Path], entries: Sequence[Entry]) -> "CourseJob":
        """Ask the sources for times, where there is a course that could need them.

        Raises UsageError for a name in the course file that could mean two submissions, and for a
        roster that tells of none of them.
        """
        owners = [o for entry in entries for o in entry.owners or (Owner("", entry.id),)]
        for path, students in zip(self.files, self.rosters, strict=True):
            if not any(student_of(students, owner) for owner in owners):
                raise UsageError(f"{path} tells of nobody here: is it another assignment's?")
        if self.rules.course is None:
            return self
        settled.called(self.rules.course, {e.id: settled.names(e.id, e.owners) for e in entries})
        return replace(self, stamps=stamps(sources, entries))

    def publish(
        self, out: Path, summary: Summary, entries: Sequence[Entry], write: Write
    ) -> Finals | None:
        """Keep what is told, and write the tables; gives the scores that count."""
        if self.data is not None:
            write(out / read.NAME, self.data)
        if self.rules.course is not None:
            keep.keep(out, entries, self.stamps, self.rosters, write)
        finals = settled.settle(out, summary, self.rules)
        if finals is not None or (out / settled.NAME).is_file():
            keep.tables(out, summary, finals, write)
        return finals


def has_rules(folder: Path) -> bool:
    """Tell whether a results folder has rules, corrections, or scores that were made with them."""
    return any((folder / name).is_file() for name in (read.NAME, NAME, settled.NAME))


def again(exercise: Exercise, folder: Path, summary: Summary, course: Path | None) -> Finals | None:
    """The scores that count of results that are there already, with other rules if they are named.

    Writes the tables, where something has changed.
    """
    worth = read.worth_of(exercise)
    given = None
    if course is not None:
        given, data = read.read(course, worth)
    finals = settled.settle(folder, summary, settled.rules(folder, worth, given))
    if course is not None:
        write_whole(folder / read.NAME, data)
    if finals is not None or (folder / settled.NAME).is_file():
        keep.tables(folder, summary, finals, write_whole)
    return finals
