"""Feedback goes back in one upload, a page a student; gradebooks get the score that counts."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from msgspec import structs

from exercise import EXERCISE
from grader.gradebook.handback import name_of
from grader.results.read import read
from grader.results.summary import Row, build
from grader.sources.entry import Owner
from tests.support.term import CLASS, corrected, results, run


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made class with its rules and corrections."""
    return corrected(results(tmp_path_factory.mktemp("handback") / "out"))


def test_one_page_a_student_in_canvas_form(term: Path, tmp_path: Path) -> None:
    """The names keep both numbers, by which Canvas knows whose a file is; again the same bytes."""
    for name in ("a.zip", "b.zip"):
        done = run("feedback", term, tmp_path / name)
        assert done.exit_code == 0, done.output
        assert "22 pages" in done.output
        assert "Re-Upload Submissions" in done.output.replace("\n", " ")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        assert opened.namelist() == [
            f"{s.id}_10{s.id[1:]}_90{s.id[1:]}_feedback.html" for s in CLASS
        ]
        page = opened.read("s21_1021_9021_feedback.html").decode()
    assert "81 of 90 points." in page
    assert not any(re.search(rf"\b{s.id}\b", page) for s in CLASS if s.id != "s21")
    assert "href" not in re.sub(r'href="#[^"]*"', "", page)


def test_folder_must_be_new(term: Path, tmp_path: Path) -> None:
    """A folder gets a page each; one that holds something is refused."""
    out = tmp_path / "pages"
    assert run("feedback", term, out, "--form", "plain").exit_code == 0
    assert sorted(p.name for p in out.iterdir()) == [f"{s.id}.html" for s in CLASS]
    done = run("feedback", term, out)
    assert done.exit_code == 2
    assert "is there already" in done.output


@pytest.mark.parametrize(
    ("form", "place", "name"),
    [
        ("canvas", "bob_LATE_102_9002_custom_lift-1.py", "bob_LATE_102_9002_feedback.html"),
        ("canvas", "wrapped/lovelaceada_101_9001_x.py", "lovelaceada_101_9001_feedback.html"),
        ("canvas", "lovelaceada_101_text.html", None),
        ("canvas", "anon_ab1_9001_x.py", None),
        ("moodle", "A L_11_assignsubmission_file", "A L_11_assignsubmission_file/feedback.html"),
        ("moodle", "A L_11_assignsubmission_file_", "A L_11_assignsubmission_file_/feedback.html"),
        ("moodle", "A L_11_assignsubmission_file_x", "A L_11_assignsubmission_file_feedback.html"),
        ("moodle", "A_11_assignsubmission_onlinetext", "A_11_assignsubmission_file/feedback.html"),
        ("moodle", "lift", None),
        ("plain", "whatever", "r.html"),
    ],
)  # fmt: skip
def test_pages_are_named_as_the_platform_names_files(
    form: str, place: str, name: str | None
) -> None:
    """The numbers stay where the platform looks for them."""
    row = Row("r", "x.py", "reports/r.json", "graded", 1, 1, (), (), place)
    assert name_of(row, form) == name


def test_who_would_not_be_known_is_listed(term: Path, tmp_path: Path) -> None:
    """Exit 1, and the others have their pages."""
    done = run("feedback", term, tmp_path / "m.zip", "--form", "moodle")
    assert done.exit_code == 1
    assert "0 pages" in done.output
    assert "s01: no page; moodle would not know whose it is" in done.output


CANVAS = "Student,ID,SIS Login ID,Section,Lift (71)\n    Points Possible,,,,45\n" + "".join(
    f"{s.id},{s.number},{s.id}@example.org,A,\n" for s in CLASS
)


def test_canvas_gets_what_counts(term: Path, tmp_path: Path) -> None:
    """Half of 90: scaled, `EX` for who is excused; what is withheld stays empty."""
    book = tmp_path / "g.csv"
    book.write_text(CANVAS)
    done = run("gradebook", term, "--canvas", book)
    assert done.exit_code == 0, done.output
    text = (tmp_path / "g-filled.csv").read_text()
    grades = {row["Student"]: row["Lift (71)"] for row in csv.DictReader(io.StringIO(text))}
    for student in CLASS:
        wanted = "" if student.counts is None else f"{student.counts / 2:g}"
        assert grades[student.id] == ("EX" if student.id == "s19" else wanted), student.id
    assert "s16: no score: grader-error" in done.output


def test_moodle_gets_what_counts_and_why(term: Path, tmp_path: Path) -> None:
    """The comment begins with the score that counts, and has the reason; an excuse is by hand."""
    folder = tmp_path / "results"
    folder.mkdir()
    for name in ("course.toml", "corrections.toml", "handed-in.json"):
        (folder / name).write_bytes((term / name).read_bytes())
    (folder / "reports").symlink_to(term / "reports")
    rows = [
        structs.replace(row, owners=(Owner("moodle", f"1{row.id[1:]}", row.id),),
                        place=f"{row.id}_1{row.id[1:]}_assignsubmission_file")
        for row in read(term).summary.submissions
    ]  # fmt: skip
    (folder / "summary.json").write_bytes(build(rows, EXERCISE.id, "key").to_json())
    course = (folder / "course.toml").read_text()
    (folder / "course.toml").write_text(re.sub(r"\b10(\d\d)\b", r"1\1", course))
    sheet = tmp_path / "w.csv"
    sheet.write_text(
        "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
        "Last modified (grade),Feedback comments\n"
        + "".join(f"Participant 1{s.id[1:]},{s.id},,x,,90.00,Yes,-,\n" for s in CLASS)
    )
    with zipfile.ZipFile(tmp_path / "lift.zip", "w") as opened:
        for row in rows:
            opened.writestr(f"{row.place}/custom_lift.py", "x")
    more = ("--feedback", tmp_path / "f.zip", "--submissions", tmp_path / "lift.zip")
    done = run("gradebook", folder, "--moodle", sheet, *more)
    assert done.exit_code == 0, done.output
    text = (tmp_path / "w-filled.csv").read_text()
    grades = {row["Full name"]: row for row in csv.DictReader(io.StringIO(text))}
    for student in CLASS:
        wanted = "" if student.counts is None else f"{student.counts:g}"
        assert grades[student.id]["Grade"] == wanted, student.id
    assert grades["s20"]["Feedback comments"].startswith(
        "33 of 90 points. With the course's points for each check, 100 of 100 are 90 of 90. Handed"
    )
    assert (
        "Set by hand: 33 of 90. Reason: Because of s20 &lt;b&gt;&amp;?"
        in (grades["s20"]["Feedback comments"])
    )
    assert "s19: excused, which is to be set there by hand" in done.output
    again = run("gradebook", folder, "--moodle", tmp_path / "w-filled.csv", *more)
    assert "has a comment already" not in again.output
    with zipfile.ZipFile(tmp_path / "f.zip") as opened:
        said = opened.read("s20_120_assignsubmission_file/feedback.txt").decode()
    assert said.startswith("33 of 90 points.\n\n1. With the course's points")
    assert "What follows is the automatic report." in said
