"""When something was handed in is what the platform tells, and nothing else."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from exercise import EXERCISE
from grader import ROOT
from grader.bulk.rules import CourseJob
from grader.core.errors import UsageError
from grader.core.files import write_whole
from grader.course import handed_in
from grader.course.commits import last_commit
from grader.course.stamp import Stamp, time
from grader.course.stamps import stamps
from grader.course.student import student_of
from grader.gradebook.roster import read
from grader.results.summary import read as summary
from grader.sources.entry import Owner, Wanted
from grader.sources.find import find
from tests.support.class_tools import keep, right
from tests.support.lms_tools import FORMS, STUB, Files, as_folder

ANSWER = "answer"


def told(source: Path) -> dict[str, Stamp]:
    """The stamps of a source's submissions."""
    return stamps([source], find([source], Wanted.of(EXERCISE)).entries)


LAYOUTS: dict[str, tuple[Files, dict[str, tuple[datetime | None, bool | None]]]] = {
    "canvas": (
        {
            "lovelaceada_101_9001_custom_lift.py": ANSWER,
            "oneilbob_LATE_102_9002_custom_lift-1.py": ANSWER,
            "late_103_9003_custom_lift.py": ANSWER,
        },
        {
            "lovelaceada": (None, False),
            "oneilbob": (None, True),
            "late": (None, False),
        },
    ),
    "canvas without names": (
        {
            "anon_ab1_9001_custom_lift.py": ANSWER,
            "LATE_anon_cd2_9002_custom_lift.py": ANSWER,
        },
        {"anon_ab1": (None, False), "anon_cd2": (None, True)},
    ),
    "gradescope": (
        {
            "submission_metadata.yml": "submission_1:\n"
            "  :submitters:\n  - :name: Ada\n    :sid: s1\n"
            "  :created_at: 2026-10-05 21:58:07.123456789 Z\n"
            "  :history:\n  - :id: 7\n  - :id: 8\n"
            "submission_2:\n  :submitters:\n  - :name: Bob\n    :sid: s2\n"
            "  :created_at: yesterday\n",
            "submission_1/custom_lift.py": ANSWER,
            "submission_2/custom_lift.py": ANSWER,
        },
        {"Ada": (datetime(2026, 10, 5, 21, 58, 7, tzinfo=UTC), None)},
    ),
    "blackboard": (
        {
            "Lift_ada_attempt_2026-10-04-10-00-00_custom_lift.py": ANSWER,
            "Lift_ada_attempt_2026-10-04-10-00-00.txt": "Name: Ada L (ada)\n",
            "Lift_ada_attempt_2026-10-06-10-00-00_custom_lift.py": ANSWER,
            "Lift_ada_attempt_2026-10-06-10-00-00.txt": "Name: Ada L (ada)\n",
        },
        {"ada": (datetime(2026, 10, 6, 10), None)},
    ),
    "blackboard, one name in another": (
        {
            f"Lift_{user}_attempt_2026-10-0{day}-10-00-00{rest}": text
            for day, user in enumerate(("ada", "x_ada", "bob"), 1)
            for rest, text in (("_custom_lift.py", ANSWER), (".txt", f"Name: A ({user})\n"))
        },
        {
            "x_ada": (datetime(2026, 10, 2, 10), None),
            "bob": (datetime(2026, 10, 3, 10), None),
        },
    ),
    "brightspace": (
        {
            "index.html": "",
            "11-7 - Ada L - Oct 5, 2026 1159 PM/custom_lift.py": ANSWER,
            "12-7 - Bob B - Oct 6, 2026 1201 AM/custom_lift.py": ANSWER,
        },
        {
            "Ada_L": (datetime(2026, 10, 5, 23, 59), None),
            "Bob_B": (datetime(2026, 10, 6, 0, 1), None),
        },
    ),
    "nbgrader": (
        {
            "submitted/ada/lift/custom_lift.py": ANSWER,
            "submitted/ada/lift/timestamp.txt": "2026-10-05 15:58:23.948203 America/Los_Angeles\n",
            "submitted/bob/lift/custom_lift.py": ANSWER,
            "submitted/bob/lift/timestamp.txt": "2026-10-05 15:58:23 Mars/Olympus\n",
        },
        {"ada": (datetime(2026, 10, 5, 15, 58, 23, tzinfo=ZoneInfo("America/Los_Angeles")), None)},
    ),
    "classroom": (
        {
            "scores.csv": "username,datetime\nada,2026-10-05T21:00:00Z\nbob,\n",
            "cs-lift-ada/custom_lift.py": ANSWER,
            "cs-lift-bob/custom_lift.py": ANSWER,
        },
        {"ada": (datetime(2026, 10, 5, 21, tzinfo=UTC), None)},
    ),
    "plain": ({"ada/custom_lift.py": ANSWER, "bob/custom_lift.py": ANSWER}, {}),
}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_platform_tells_times(layout: str, form, tmp_path: Path) -> None:
    """In a folder as in an archive; who is not told of has no stamp."""
    files, wanted = LAYOUTS[layout]
    found = told(form(tmp_path, "export", files))
    assert {owner: (stamp.at, stamp.late) for owner, stamp in found.items()} == wanted
    assert {stamp.told for stamp in found.values()} <= {3 if layout == "gradescope" else 0}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-10-05T23:59:00+02:00", "2026-10-05T23:59:00+02:00"),
        ("2026-10-05 23:59:00 +0200", "2026-10-05T23:59:00+02:00"),
        ("2026-10-05 23:59 UTC", "2026-10-05T23:59:00+00:00"),
        ("2026-10-05 23:59:00", "2026-10-05T23:59:00"),
        ("2026-13-05 23:59:00", None),
        ("05.10.2026", None),
        ("2026-10-05 23:59:00 ../../etc/passwd", None),
        ("", None),
    ],
)
def test_times_are_read_or_not(text: str, wanted: str | None) -> None:
    """A form that is not known is no time."""
    found = time(text)
    assert (found.isoformat() if found else None) == wanted


def clone(folder: Path, date: str) -> None:
    """A repository with one commit."""
    folder.mkdir(parents=True)
    (folder / STUB).write_text(ANSWER)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-C", str(folder)]
    environment = {"GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": date, "PATH": "/usr/bin:/bin"}
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True, env=environment)


def test_clone_tells_its_last_commit(tmp_path: Path) -> None:
    """The date of what is checked out; nothing that the clone's settings name is run."""
    for name, date in (("ada", "2026-10-05T21:00:00Z"), ("bob", "2026-10-06T23:00:00+02:00")):
        clone(tmp_path / f"lift-submissions/lift-{name}", date)
    ada = tmp_path / "lift-submissions/lift-ada"
    ran = tmp_path / "ran"
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {ran}\n")
    trap.chmod(0o755)
    with (ada / ".git/config").open("a") as config:
        config.write(f"[core]\nfsmonitor = {trap}\npager = {trap}\n[gpg]\nprogram = {trap}\n"
                     f"[log]\nshowSignature = true\n[pager]\nrev-list = {trap}\n")  # fmt: skip
    found = told(tmp_path / "lift-submissions")
    assert {id: stamp.at for id, stamp in found.items()} == {
        "ada": datetime(2026, 10, 5, 21, tzinfo=UTC),
        "bob": datetime(2026, 10, 6, 21, tzinfo=UTC),
    }
    assert not ran.exists()
    subprocess.run([trap], check=True)
    assert ran.exists()
    assert last_commit(tmp_path) is None


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Lift (71)
    Points Possible,,,,,100
"Lovelace, Ada",101,s101,ada@example.org,Mon 10,
"O'Neil, Bob",102,s102,bob,Tue 12,
"""
MOODLE = """\
Identifier,Full name,Email address,Status,Group,Grade,Maximum grade,Last modified (submission)
Participant 11,Ada,ada@example.org,x,Mon 10,,50,"Monday, 5 October 2026, 11:58 PM"
Participant 12,Bob,bob@example.org,x,,,50,"6 October 2026, 00:10"
Participant 13,Cem,cem@example.org,x,,,50,"lundi 5 octobre 2026, 23:58"
Participant 14,Dee,dee@example.org,x,,,50,-
"""
ANY = "id,section,email,submitted\nada,A,a@b.c,2026-10-05T10:00:00Z\nS9,B,,\n"


def roster(tmp_path: Path, text: str) -> list[tuple[str, str, str, object, str]]:
    """What a table tells of each."""
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    return [(s.id, s.section, s.email, s.stamp and s.stamp.at, s.unread) for s in read(path)]


def test_tables_of_platforms_tell_sections_times_and_addresses(tmp_path: Path) -> None:
    """Canvas: sections. Moodle: groups, addresses, times in English; others are told as unread."""
    assert roster(tmp_path, CANVAS) == [
        ("101", "Mon 10", "ada@example.org", None, ""),
        ("102", "Tue 12", "", None, ""),
    ]
    assert roster(tmp_path, MOODLE) == [
        ("11", "Mon 10", "ada@example.org", datetime(2026, 10, 5, 23, 58), ""),
        ("12", "", "bob@example.org", datetime(2026, 10, 6, 0, 10), ""),
        ("13", "", "cem@example.org", None, "lundi 5 octobre 2026, 23:58"),
        ("14", "", "dee@example.org", None, ""),
    ]
    assert roster(tmp_path, ANY) == [
        ("ada", "A", "a@b.c", datetime(2026, 10, 5, 10, tzinfo=UTC), ""),
        ("S9", "B", "", None, ""),
    ]
    with pytest.raises(UsageError, match="tells nobody's id"):
        roster(tmp_path, "name,section\nAda,A\n")


def test_row_is_found_by_id_and_never_by_name(tmp_path: Path) -> None:
    """A platform's own id, or a number of the institution; a name or another's id is none."""
    path = tmp_path / "table.csv"
    path.write_text(CANVAS)
    students = read(path)
    for owner, found in (
        (Owner("canvas", "101"), "101"),
        (Owner("moodle", "101"), None),
        (Owner("moodle", "11", "", "ADA@example.org"), "101"),
        (Owner("gradescope", "s102"), "102"),
        (Owner("canvas", "103", "Lovelace, Ada"), None),
    ):
        student = student_of(students, owner)
        assert (student.id if student else None) == found
    path.write_text(ANY)
    student = student_of(read(path), Owner("github", "ADA"))
    assert student is not None
    assert student.section == "A"


def test_unknown_place_has_no_stamp(tmp_path: Path) -> None:
    """The times of files are those of a download, and tell nothing."""
    assert told(as_folder(tmp_path, "class", {"ada.py": ANSWER})) == {}


def test_rosters_add_to_each_other(tmp_path: Path) -> None:
    """Sections from one table, times from another; the time goes before what a name tells."""
    folder = tmp_path / "out"
    keep(folder, {"ada": right(), "bob": right()})
    (tmp_path / "grades.csv").write_text(CANVAS)
    times = tmp_path / "times.csv"
    times.write_text("id,submitted\n101,2026-10-06 10:00\n")
    files = {f"{n}_LATE_{u}_900_{STUB}": ANSWER for n, u in (("ada", 101), ("bob", 102))}
    source = as_folder(tmp_path, "class", files)
    entries = find([source], Wanted.of(EXERCISE)).entries
    job = CourseJob.prepare(EXERCISE, folder, [source], None, [tmp_path / "grades.csv", times])
    job.for_class([source], entries).publish(folder, summary(folder), entries, write_whole)
    known = handed_in.read(folder)
    assert (known["ada"].section, known["bob"].section) == ("Mon 10", "Tue 12")
    assert [known[id].attempts[0].at for id in ("ada", "bob")] == [datetime(2026, 10, 6, 10), None]
    assert known["bob"].attempts[0].late
    CourseJob.prepare(EXERCISE, folder, [source], None, []).for_class([source], entries).publish(
        folder, summary(folder), entries, write_whole
    )
    assert handed_in.read(folder) == known
    schema = json.loads((ROOT / "grader/schemas/handed-in.schema.json").read_text())
    Draft202012Validator(schema).validate(json.loads((folder / handed_in.NAME).read_bytes()))


def test_roster_of_another_class_is_refused(tmp_path: Path) -> None:
    """A table that tells of nobody is a mistake, and nothing is graded."""
    times = tmp_path / "times.csv"
    times.write_text("id,submitted\n7,2026-10-06 10:00\n")
    source = as_folder(tmp_path, "class", {"ada.py": ANSWER})
    job = CourseJob.prepare(EXERCISE, tmp_path / "out", [source], None, [times])
    with pytest.raises(UsageError, match="tells of nobody here"):
        job.for_class([source], find([source], Wanted.of(EXERCISE)).entries)
    times.write_text("id,submitted\nADA,2026-10-06 10:00\n")
    job = CourseJob.prepare(EXERCISE, tmp_path / "out", [source], None, [times])
    assert job.for_class([source], find([source], Wanted.of(EXERCISE)).entries).rosters
