"""A made class in which every rule is met, and what each student should have: added up by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from click.testing import CliRunner, Result
from msgspec import structs

from exercise import EXERCISE
from grader.cli import main
from grader.core.report import Report
from grader.course import handed_in
from grader.course.handed_in import Attempt, File, HandedIn
from grader.course.read import worth_of
from grader.results.summary import build
from grader.sources.entry import Owner
from tests.support.class_tools import check, keep, report

BERLIN = ZoneInfo("Europe/Berlin")
WORTH = worth_of(EXERCISE)
HIDDEN = ("hidden-cases",)
COURSE = """\
due = 2026-10-05 23:59:00
closes = 2026-10-12 23:59:00
zone = "Europe/Berlin"
total = 90

[points]
vmapped-init = 0

[late]
percent_a_day = 10
floor = 50
days = 1

[extensions]
"s09@example.org" = 2
1010 = 2026-10-07 23:59:00

[late_days]
1015 = 0

[sections.B]
students = ["1011", "S12@example.org"]
due = 2026-10-06 23:59:00
"""


@dataclass(frozen=True)
class Student:
    """Which checks were lost (None: the score is withheld), when, and the score that counts."""

    id: str
    lost: Sequence[str] | None
    at: str | None
    counts: float | None
    late: bool | None = None
    correction: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The student's id on Canvas."""
        return f"10{self.id[1:]}"


CLASS = (
    Student("s01", (), "2026-10-01 12:00:00", 90),
    Student("s02", HIDDEN, "2026-10-05 23:59:00", 75),  # 90 - 15
    Student("s03", ("vmapped-init",), "2026-10-05 10:00:00", 90),  # which counts nothing
    Student("s04", (), "2026-10-05 23:59:01", 90),  # one day, which is free
    Student("s05", (), "2026-10-07 12:00:00", 81),  # one day paid: 90 - 9
    Student("s06", HIDDEN, "2026-10-08 12:00:00", 60),  # two days paid: 75 - 15
    Student("s07", (), "2026-10-12 23:59:00", 45),  # six days paid: 90 - 54, the floor is 45
    Student("s08", (), "2026-10-12 23:59:01", 0),  # closed
    Student("s09", (), "2026-10-07 20:00:00", 90),  # within the extension
    Student("s10", (), "2026-10-09 10:00:00", 81),  # two days after the extension, one paid
    Student("s11", (), "2026-10-06 12:00:00", 90),  # within section B's date
    Student("s12", (), "2026-10-07 01:00:00", 90),  # one day after it, which is free
    Student("s13", (), None, 90),  # not known
    Student("s14", (), None, 90, late=True),  # late, and not by how much
    Student("s15", (), "2026-10-06 12:00:00", 81),  # no free day is left
    Student("s16", None, "2026-10-05 10:00:00", None),
    Student("s17", None, "2026-10-07 12:00:00", 54, correction=("--by-hand", "60")),  # 60 - 6
    Student("s18", HIDDEN, "2026-10-05 10:00:00", 85,
            correction=("--check", "hidden-cases", "--points", "10")),
    Student("s19", HIDDEN, "2026-10-05 10:00:00", None, correction=("--excused",)),
    Student("s20", (), "2026-10-08 12:00:00", 33, correction=("--score", "33")),
    Student("s21", HIDDEN, "2026-10-07 12:00:00", 81,
            correction=("--check", "hidden-cases", "--points", "15")),
    Student("s22", HIDDEN, "2026-10-07 12:00:00", 67.5),  # 75 - 7.5
)  # fmt: skip


def made(id: str, lost: Sequence[str] | None, name: str = "custom_lift.py") -> Report:
    """A report in which these checks were lost; or a failure of ours."""
    checks = [check(c, p, "failed" if c in (lost or ()) else "passed") for c, p in WORTH.items()]
    found = report(checks, source=id, name=name)
    if lost is None:
        found = structs.replace(found, score=None, status="grader-error", checks=())
    return found


def at(text: str) -> datetime:
    """A time in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def results(folder: Path, course: str | None = COURSE) -> Path:
    """What `grader bulk` would have left of the class, without corrections."""
    reports = {student.id: made(student.id, student.lost) for student in CLASS}
    found = keep(folder, reports)
    rows = [
        structs.replace(
            row,
            owners=(Owner("canvas", f"10{row.id[1:]}", row.id, f"{row.id}@example.org"),),
            place=f"{row.id}_10{row.id[1:]}_90{row.id[1:]}_custom_lift.py",
        )
        for row in found.summary.submissions
    ]
    (folder / "summary.json").write_bytes(build(rows, EXERCISE.id, "key").to_json())
    if course is not None:
        (folder / "course.toml").write_text(course)
        known = {
            s.id: HandedIn(
                addresses=(f"{s.id}@example.org",),
                attempts=(
                    Attempt(reports[s.id].submission.sha256, s.at and at(s.at), s.late, "a test"),
                ),
            )
            for s in CLASS
        }
        (folder / handed_in.NAME).write_bytes(File(submissions=known).to_json())
    return folder


def run(*arguments: object) -> Result:
    """A command."""
    return CliRunner().invoke(main, [*map(str, arguments)])


def corrected(folder: Path) -> Path:
    """With all corrections."""
    for student in CLASS:
        if student.correction:
            reason = f"Because of {student.id} <b>&\u202e"
            done = run("correct", folder, student.id, *student.correction, "--reason", reason)
            assert done.exit_code == 0, done.output
    return folder
