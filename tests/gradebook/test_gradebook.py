"""Scores go back into a platform's own export: only grades change, and nothing is guessed."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exercise import EXERCISE
from grader.cli import main
from grader.core.diagnosis import Fault
from grader.core.report import SCHEMA, DiagnosisPart, Report, SubmissionPart
from grader.results.summary import Row, build
from grader.sources.entry import Owner, Refused
from tests.support.lms_tools import as_folder, as_zip

HINT = "-1 is <b>where</b> & how"


def report(name: str, score: int | None) -> Report:
    """A report with one fault, whose text is odd."""
    fault = Fault("late-bound-lambda", "evidence", 3, "=a stored function", HINT)
    status = "graded" if score is not None else "environment"
    diagnosis = DiagnosisPart((fault,))
    file = SubmissionPart(name, "0" * 64)
    return Report(
        SCHEMA, "1", EXERCISE.id, file, status, "", score, 100, False, (), diagnosis, (), {}, "key"
    )


def results(root: Path, *rows: tuple[int | None, Owner], refused: tuple[Refused, ...] = ()) -> Path:
    """The folder of a bulk run, whose results have these scores and owners."""
    (root / "results" / "reports").mkdir(parents=True)
    made = []
    for number, (score, *owners) in enumerate(rows):
        said = report("custom_lift.py", score)
        (root / f"results/reports/r{number}.json").write_bytes(said.to_json())
        faults = ("late-bound-lambda",)
        path = f"reports/r{number}.json"
        made.append(
            Row(
                f"r{number}", "custom_lift.py", path, said.status, score, 100, faults, tuple(owners)
            )
        )
    summary = build(made, EXERCISE.id, "key", refused)
    (root / "results" / "summary.json").write_bytes(summary.to_json())
    return root / "results"


def canvas(id: int, name: str = "") -> Owner:
    """An owner as Canvas's zip names one."""
    return Owner("canvas", str(id), name)


def moodle(id: int, name: str = "") -> Owner:
    """An owner as Moodle's zip names one."""
    return Owner("moodle", str(id), name)


def run(*arguments: object) -> Result:
    """The command."""
    return CliRunner().invoke(main, ["gradebook", *map(str, arguments)])


def changed_cells(before: bytes, after: bytes, delimiter: str = ",") -> dict[tuple[int, int], str]:
    """The cells that the csv module reads differently."""
    tables = [
        list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))
        for data in (before, after)
    ]
    assert [len(row) for row in tables[0]] == [len(row) for row in tables[1]]
    return {
        (r, c): new
        for r, rows in enumerate(zip(*tables, strict=True))
        for c, (old, new) in enumerate(zip(*rows, strict=True))
        if old != new
    }


CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Essay (70),Lift (71),Current Score\r\n"
    ",,,,,Manual Posting,,(read only)\r\n"
    "    Points Possible,,,,,10.0,20.0,(read only)\r\n"
    '"Lovelace, Ada",101,s101,ada@example.org,"One, ""A"" and Two",9.50,,"88,5"\r\n'
    '"O\'Neil, Bob",102,s102,bob@example.org,\u202eodd,,"3.00",\r\n'
    '"=cmd()|\'x\'!A0, Eve",103,s103,eve@example.org,"two\nlines",EX,,\r\n'
    '"Lovelace, Ada",104,s104,ada2@example.org,  blanks  ,,EX,\r\n'
    '"Poe, Ann",105,s105,ann@example.org,,,,\r\n'
    '"Student, Test",199,,t,,,,\r\n'
).encode()


def test_canvas_cells_change_and_nothing_else(tmp_path: Path) -> None:
    """Scaled grades stand in their cells; by the bytes, nothing but these cells has changed."""
    book = tmp_path / "Grades.csv"
    book.write_bytes(CANVAS)
    folder = results(
        tmp_path,
        (93, canvas(101, "lovelaceada")),
        (100, canvas(102, "oneilbob")),
        (0, canvas(103, "cmdxa0eve")),
        (50, canvas(104, "lovelaceada")),
    )
    done = run(folder, "--canvas", book, "--column", "Lift (71)")
    assert done.exit_code == 0, done.output
    assert book.read_bytes() == CANVAS
    after = (tmp_path / "Grades-filled.csv").read_bytes()
    assert changed_cells(CANVAS, after) == {(3, 6): "18.6", (4, 6): "20", (5, 6): "0"}
    by_hand = CANVAS.replace(b'9.50,,"88,5"', b'9.50,18.6,"88,5"').replace(b'"3.00"', b'"20"')
    assert after == by_hand.replace(b"EX,,", b"EX,0,")
    for line in (
        "3 grades written into Lift (71)",
        "O'Neil, Bob: 3.00 before, 20 now",
        "Lovelace, Ada: excused; the result is r3",
        "Poe, Ann: no submission",
        "Student, Test: Canvas's own test student",
    ):
        assert line in done.output


@pytest.mark.parametrize("column", ["Lift (71)", "Lift", "71"])
def test_column_may_be_named_in_three_ways(tmp_path: Path, column: str) -> None:
    """By its whole header, its title or its id."""
    (tmp_path / "g.csv").write_bytes(CANVAS)
    folder = results(tmp_path, (100, canvas(105)))
    out = tmp_path / "out.csv"
    assert (
        run(folder, "--canvas", tmp_path / "g.csv", "--column", column, "--out", out).exit_code == 0
    )
    assert changed_cells(CANVAS, out.read_bytes()) == {(7, 6): "20"}


@pytest.mark.parametrize(
    ("replace", "column", "message"),
    [
        (("", ""), None, r"Name the assignment with --column.*Essay \(70\)\n  Lift \(71\)"),
        (("", ""), "Loft (71)", r"no assignment Loft \(71\)"),
        (("", ""), "Current Score", "no assignment Current Score"),
        (("Essay (70)", "Lift (71)"), "Lift (71)", r"several columns for Lift \(71\)"),
        (("Essay (70)", "Lift (72)"), "Lift", "several columns for Lift"),
        (("Lift (71)", "Final Grade (71)"), "71", "Canvas ignores a column called Final Grade"),
        (("Student,ID", "Student,Key"), "Lift (71)", "no gradebook from Canvas"),
        (("105,s105", '105,"s105'), "Lift (71)", "text stands behind a closing quote"),
        ((",105,", ",106,"), "Lift (71)", "No student of these results is in the gradebook"),
    ],
)
def test_gradebook_that_does_not_fit_is_refused(
    tmp_path: Path, replace: tuple[str, str], column: str | None, message: str
) -> None:
    """Exit 2, a sentence, and nothing written."""
    (tmp_path / "g.csv").write_bytes(CANVAS.replace(replace[0].encode(), replace[1].encode(), 1))
    folder = results(tmp_path, (100, canvas(105)))
    options = ("--column", column) if column else ()
    done = run(folder, "--canvas", tmp_path / "g.csv", *options)
    assert done.exit_code == 2
    assert re.search(message, done.output, re.S), done.output
    assert {p.name for p in tmp_path.iterdir()} == {"g.csv", "results"}


@pytest.mark.parametrize(
    ("said", "written", "line"),
    [
        (
            "",
            "93",
            "Lift (71): its points possible are empty, so the grades are written out of 100",
        ),
        ("0", None, "the points possible is 0, so that every grade would be 0"),
        ("0.00", None, "the points possible is 0, so that every grade would be 0"),
        ('"1,000"', None, "the points possible is '1,000', which is no number of points"),
        ("n/a", None, "the points possible is 'n/a', which is no number of points"),
        ("7.5", "6.98", "1 grade written"),
    ],
)
def test_points_possible_that_are_odd(
    tmp_path: Path, said: str, written: str | None, line: str
) -> None:
    """Without points a grade is written as it is; with 0, or no number, each row tells why not."""
    before = CANVAS.replace(b"10.0,20.0", f"10.0,{said}".encode())
    (tmp_path / "g.csv").write_bytes(before)
    done = run(
        results(tmp_path, (93, canvas(105))), "--canvas", tmp_path / "g.csv", "--column", "71"
    )
    assert done.exit_code == (0 if written else 1)
    assert line in done.output
    after = (tmp_path / "g-filled.csv").read_bytes()
    assert changed_cells(before, after) == ({(7, 6): written} if written else {})
    assert ("Poe, Ann: the points possible" in done.output) == (written is None)


@pytest.mark.parametrize("id", ["105.0", "105.00", '"105,0"', '"=""105"""', "'105", " 105 "])
def test_ids_that_a_spreadsheet_changed_are_known(tmp_path: Path, id: str) -> None:
    """1001.0, 1001,0, ="1001" and '1001 are the user 1001; the cell itself stays."""
    before = CANVAS.replace(b",105,s105", f",{id},s105".encode())
    (tmp_path / "g.csv").write_bytes(before)
    folder = results(tmp_path, (100, canvas(105)), (50, Owner("gradescope", "s101.0")))
    done = run(folder, "--canvas", tmp_path / "g.csv", "--column", "71")
    assert "1 grade written" in done.output
    after = (tmp_path / "g-filled.csv").read_bytes()
    assert changed_cells(before, after) == {(7, 6): "20"}


def test_login_numbers_that_a_spreadsheet_changed_are_known(tmp_path: Path) -> None:
    """The same for the numbers of an institution, on either side."""
    rows = "Student,ID,SIS User ID,Section,Lift (71)\n    Points Possible,,,,100\n"
    (tmp_path / "g.csv").write_text(f"{rows}A,1,2001.0,,\nB,2,2002,,\n")
    folder = results(
        tmp_path, (10, Owner("gradescope", "2001")), (20, Owner("gradescope", "2002.0"))
    )
    assert run(folder, "--canvas", tmp_path / "g.csv").exit_code == 0
    assert (tmp_path / "g-filled.csv").read_text() == f"{rows}A,1,2001.0,,10\nB,2,2002,,20\n"


def test_rows_without_a_sure_id_are_refused_alone(tmp_path: Path) -> None:
    """A rounded id, one that is two rows', none at all: told by row; the rest is filled."""
    rows = "Student,ID,Section,Lift (71)\n    Points Possible,,,100\n"
    rows += "A,1.23457E+11,,\nB,2,,\nB,2.0,,\nC,,,\nD,4,,\n,,,\n"
    (tmp_path / "g.csv").write_text(rows)
    folder = results(
        tmp_path, (10, canvas(123457000000)), (20, canvas(2)), (30, canvas(3)), (40, canvas(4))
    )
    done = run(folder, "--canvas", tmp_path / "g.csv")
    assert done.exit_code == 1
    assert (tmp_path / "g-filled.csv").read_text() == rows.replace("D,4,,", "D,4,,40")
    for line in (
        "A: a spreadsheet has rounded the ID to 1.23457E+11; export the gradebook again",
        "B: several rows are 2",
        "C: the row has no ID",
        "r0: no row is 123457000000",
        "r2: no row is 3",
    ):
        assert line in done.output


def test_rounded_ids_alone_refuse_no_file(tmp_path: Path) -> None:
    """Where every id is rounded, nothing is written, and each row says why."""
    rows = "Student,ID,Section,Lift (71)\nA,1.2E+11,,\nB,1.2E+11,,\n"
    (tmp_path / "g.csv").write_text(rows)
    done = run(results(tmp_path, (10, canvas(120000000001))), "--canvas", tmp_path / "g.csv")
    assert (done.exit_code, done.output.count("has rounded the ID")) == (1, 2)
    assert (tmp_path / "g-filled.csv").read_text() == rows


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("0.00", "the maximum grade is 0, so that every grade would be 0"),
        ("", "the maximum grade is empty"),
        ("-", "the maximum grade is '-', which is no number of points"),
        ("Good", "the maximum grade is 'Good', which is no number of points"),
    ],
)
def test_maximum_grades_that_are_odd(tmp_path: Path, said: str, reason: str) -> None:
    """A worksheet without points in some rows, or in all, is refused row by row."""
    for old, placed in (("Participant 11", 3), ("Participant 1", 0)):
        lines = [
            line.replace("50.00", said, 1) if line.startswith(old) else line
            for line in MOODLE.splitlines()
        ]
        (tmp_path / "g.csv").write_text("\n".join(lines) + "\n")
        folder = results(tmp_path / str(placed), *MOODLE_ROWS)
        done = run(folder, "--moodle", tmp_path / "g.csv")
        assert f"{placed and 2} grades written" in done.output
        assert f"Ada Lovelace: {reason}" in done.output


def test_no_zero_for_what_was_not_run(tmp_path: Path) -> None:
    """A result without a score leaves its cell as it was, and says what it was in place of."""
    (tmp_path / "g.csv").write_bytes(CANVAS)
    folder = results(tmp_path, (100, canvas(105)), (None, canvas(102)))
    summary = (folder / "summary.json").read_text()
    reason = "There is no Python file in x."
    (folder / "summary.json").write_text(summary.replace('"reason": ""', f'"reason": "{reason}"'))
    done = run(folder, "--canvas", tmp_path / "g.csv", "--column", "71")
    assert f"O'Neil, Bob: no score: {reason}" in done.output
    after = (tmp_path / "g-filled.csv").read_bytes()
    assert changed_cells(CANVAS, after) == {(7, 6): "20"}


def test_decimal_comma_and_semicolons_stay(tmp_path: Path) -> None:
    """A gradebook with decimal commas gets them, quoted where the comma also divides cells."""
    for delimiter, written in ((";", "18,6"), (",", '"18,6"')):
        text = "LastName;FirstName;ID;Section;Lift (71)\n    Points Possible;;;;20,00\nDoe;J;1;;\n"
        cells = text.replace("20,00", '"20,00"').replace(";", delimiter)
        (tmp_path / "g.csv").write_text(cells)
        folder = results(tmp_path / written, (93, canvas(1)))
        assert run(folder, "--canvas", tmp_path / "g.csv").exit_code == 0
        after = (tmp_path / "g-filled.csv").read_text()
        assert after == cells[:-1] + written + "\n"


def test_double_and_contradicted_results_are_listed(tmp_path: Path) -> None:
    """One id in two rows, two results of one id, an unknown id, another's name: not written."""
    rows = "Student,ID,Section,Lift (71)\n    Points Possible,,,100\n"
    rows += '"A, A",1,,\n"A, A",1,,\n"B, B",2,,\n"C, C",3,,\n"D, D",4,,\n"E, E",5,,7\n'
    (tmp_path / "g.csv").write_text(rows)
    refused = (Refused("x", "holds two files", (canvas(5, "ee"),)),)
    folder = results(
        tmp_path,
        (10, canvas(1, "aa")),
        (20, canvas(2, "bb")),
        (30, canvas(2, "bb")),
        (40, canvas(3, "zoe")),
        (None, canvas(4, "dd")),
        (60, canvas(9, "nobody")),
        (70, canvas(8, "anna"), canvas(7, "two")),
        (80, Owner("", "")),
        refused=refused,
    )
    done = run(folder, "--canvas", tmp_path / "g.csv")
    assert done.exit_code == 1
    assert (tmp_path / "g-filled.csv").read_text() == rows
    for line in (
        "0 grades written",
        "A, A: several rows are 1",
        "B, B: several results: r1, r2",
        "C, C: 3 is C, C there, and handed in as zoe",
        "D, D: no score: environment",
        "E, E: refused: holds two files",
        "r5: no row is 9",
        "r6: no row is 7",
        "r6: no row is 8",
    ):
        assert line in done.output


def test_other_platforms_results_are_matched_by_login_or_address(tmp_path: Path) -> None:
    """Gradescope's and nbgrader's ids find logins and numbers; each of a group gets the grade."""
    (tmp_path / "g.csv").write_bytes(CANVAS)
    group = (Owner("gradescope", "s101", "Ada"), Owner("gradescope", "x", "", "BOB@example.org"))
    folder = results(tmp_path, (100, *group), (50, Owner("nbgrader", "s105")), (9, Owner("", "")))
    done = run(folder, "--canvas", tmp_path / "g.csv", "--column", "71")
    assert done.exit_code == 1
    after = (tmp_path / "g-filled.csv").read_bytes()
    assert changed_cells(CANVAS, after) == {(3, 6): "20", (4, 6): "20", (7, 6): "10"}


MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
    'Participant 11,Ada Lovelace,ada@example.org,"Submitted, late",,50.00,Yes,"Monday, 1",-,\n'
    'Participant 12,"Bob ""B"" O\'Neil",bob@example.org,x,12.50,50.00,Yes,-,-,<p>mine</p>\n'
    "Participant 13,Zoë,zoe@example.org,No submission,,50.00,Yes,-,-,\n"
    "Participant 14,Dee,dee@example.org,x,,50.00,No,-,-,\n"
    "Participant 15,Ada Lovelace,ada2@example.org,x,,50.00,Yes,-,-,1 of 100 points. Old.\n"
)
MOODLE_ROWS = (
    (93, moodle(11, "Ada Lovelace")),
    (20, moodle(12, "Bob B O'Neil")),
    (30, moodle(14, "Dee")),
    (40, moodle(15, "Ada Lovelace")),
)


def test_moodle_grades_and_comments(tmp_path: Path) -> None:
    """Grade and comment change; a comment of someone's own, and a locked row, do not."""
    (tmp_path / "g.csv").write_text(MOODLE)
    done = run(results(tmp_path, *MOODLE_ROWS), "--moodle", tmp_path / "g.csv")
    assert done.exit_code == 0, done.output
    after = (tmp_path / "g-filled.csv").read_bytes()
    said = "{} of 100 points. =a stored function: -1 is &lt;b&gt;where&lt;/b&gt; &amp; how"
    assert changed_cells(MOODLE.encode(), after) == {
        (1, 4): "46.5",
        (1, 9): said.format(93),
        (2, 4): "10",
        (5, 4): "20",
        (5, 9): said.format(40),
    }
    for line in (
        'Bob "B" O\'Neil: has a comment already, which is kept',
        "Dee: its grade cannot be changed; the result is r2",
        "Zoë: no submission",
    ):
        assert line in done.output


def test_only_a_whole_comment_of_ours_is_replaced(tmp_path: Path) -> None:
    """A comment of an earlier run gives way, which is said; one that someone added to is kept."""
    header = "Identifier,Full name,Grade,Maximum grade,Grade can be changed,Feedback comments"
    ours, added = "7 of 100 points. Old.", '"7 of 100 points.\nSee me."'
    rows = (f"Participant 11,Ada,,10,Yes,{ours}", f"Participant 12,Bob,,10,Yes,{added}")
    (tmp_path / "g.csv").write_text("\n".join((header, *rows, "")))
    folder = results(tmp_path, (93, moodle(11, "Ada")), (20, moodle(12, "Bob")))
    done = run(folder, "--moodle", tmp_path / "g.csv")
    after = (tmp_path / "g-filled.csv").read_bytes()
    assert set(changed_cells((tmp_path / "g.csv").read_bytes(), after)) == {(1, 2), (1, 5), (2, 2)}
    assert "Ada: has a new comment for that of an earlier run" in done.output
    assert "Bob: has a comment already, which is kept" in done.output


def test_columns_that_are_not_known_are_named(tmp_path: Path) -> None:
    """Where a language is unknown, it is said that no comment is written and no lock was seen."""
    text = "Aa,Bb,Cc,Dd,Ee,Ff\nOsallistuja 11,Ada,,10,Foo,\nOsallistuja 12,Bob,,10,Bar,\n"
    (tmp_path / "g.csv").write_text(text)
    done = run(results(tmp_path, (93, moodle(11, "Ada"))), "--moodle", tmp_path / "g.csv")
    after = (tmp_path / "g-filled.csv").read_bytes()
    assert changed_cells(text.encode(), after) == {(1, 2): "9.3"}
    assert "no column is known to hold comments" in done.output
    assert "no column is known to say which grades can be changed" in done.output


TRANSLATED = {
    "de": "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestmögliche Bewertung,"
    "Bewertung kann geändert werden,Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),"
    "Feedback als Kommentar|Teilnehmer/in|Ja|Nein",
    "fr": "Identifiant,Nom complet,Adresse de courriel,Statut,Note,Note maximale,"
    "La note peut être modifiée,Dernière modification (travail),Dernière modification (note),"
    "Feedback par commentaires|Participant|Oui|Non",
    "es": "Identificador,Nombre completo,Dirección,Estatus,Calificación,Calificación máxima,"
    "La calificación puede ser cambiada,Última modificación (envío),Última (calificación),"
    "Comentarios de retroalimentación|Participante|Sí|No",
    "none that is known": "Aa,Bb,Cc,Dd,Ee,Ff,Gg,Hh,Ii,Kommentar|Osallistuja|Kyllä|Ei",
}


@pytest.mark.parametrize("language", TRANSLATED)
def test_worksheet_in_another_language(tmp_path: Path, language: str) -> None:
    """Columns are found by what they hold; headers and decimal commas stay."""
    header, word, yes, no = TRANSLATED[language].split("|")
    rows = MOODLE.splitlines()[1:]
    text = "\r\n".join((header, *rows)) + "\r\n"
    for old, new in (
        ("Participant", word),
        ("Yes", yes),
        (",No,", f",{no},"),
        ("50.00", '"50,00"'),
    ):
        text = text.replace(
            f"\r\n{old}" if old == "Participant" else old,
            f"\r\n{new}" if old == "Participant" else new,
        )
    text = text.replace("12.50", '"12,50"')
    (tmp_path / "g.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    done = run(results(tmp_path, *MOODLE_ROWS), "--moodle", tmp_path / "g.csv")
    assert done.exit_code == 0, done.output
    after = (tmp_path / "g-filled.csv").read_bytes()
    changed = changed_cells(text.encode(), after)
    assert set(changed) == {(1, 4), (1, 9), (2, 4), (5, 4), (5, 9)}
    assert changed[1, 4] == "46,5"
    assert after.startswith(b"\xef\xbb\xbf" + header.encode())


def test_another_assignments_worksheet_is_refused(tmp_path: Path) -> None:
    """Participants with other numbers, or with these numbers and other names, are others."""
    for number, (old, new) in enumerate((("Participant 1", "Participant 77"), (",", ",Other "))):
        text = "\n".join(
            line.replace(old, new, 1) if line.startswith("P") else line
            for line in MOODLE.splitlines()
        )
        (tmp_path / "g.csv").write_text(text)
        folder = results(tmp_path / str(number), *MOODLE_ROWS)
        done = run(folder, "--moodle", tmp_path / "g.csv")
        assert done.exit_code == 2, done.output
        assert "is it another assignment's?" in done.output
        assert not (tmp_path / "g-filled.csv").exists()


def test_files_that_are_no_worksheet_are_refused(tmp_path: Path) -> None:
    """A Canvas gradebook, an empty file, a column by name: a sentence each."""
    folder = results(tmp_path, *MOODLE_ROWS)
    for data, options, message in (
        (CANVAS, (), "no grading worksheet from Moodle"),
        (b"", (), "no grading worksheet from Moodle"),
        (MOODLE.encode(), ("--column", "Lift"), "--column is for Canvas"),
    ):
        (tmp_path / "g.csv").write_bytes(data)
        done = run(folder, "--moodle", tmp_path / "g.csv", *options)
        assert (done.exit_code, message in done.output) == (2, True), done.output


def test_feedback_zip_has_the_submissions_folders(tmp_path: Path) -> None:
    """Each participant's report is where Moodle looks for it, with the same bytes each time."""
    files = {
        "Ada Lovelace_11_assignsubmission_file/custom_lift.py": "",
        "Bob B O'Neil_12_assignsubmission_file_/custom_lift.py": "",
        "Bob B O'Neil_12_assignsubmission_onlinetext/onlinetext.html": "",
        "Ada Lovelace_15_assignsubmission_file_custom_lift.py": "",
        "Eve_16_assignsubmission_file/custom_lift.py": "",
    }
    (tmp_path / "g.csv").write_text(MOODLE)
    folder = results(tmp_path, *MOODLE_ROWS)
    packed = []
    for source in (as_zip(tmp_path, "original", files), as_folder(tmp_path, "unpacked", files)):
        out = tmp_path / "feedback.zip"
        options = ("--feedback", out, "--submissions", source)
        done = run(folder, "--moodle", tmp_path / "g.csv", *options)
        assert done.exit_code == 0, done.output
        packed.append(out.read_bytes())
    assert packed[0] == packed[1]
    with zipfile.ZipFile(io.BytesIO(packed[0])) as opened:
        assert opened.namelist() == [
            "Ada Lovelace_11_assignsubmission_file/feedback.txt",
            "Ada Lovelace_15_assignsubmission_file_feedback.txt",
            "Bob B O'Neil_12_assignsubmission_file_/feedback.txt",
        ]
        assert b"93 of 100 points" in opened.read(opened.namelist()[0])
    lacking = as_zip(tmp_path, "lacking", {k: v for k, v in files.items() if "11" not in k})
    done = run(folder, "--moodle", tmp_path / "g.csv", "--feedback", out, "--submissions", lacking)
    assert (done.exit_code, "no submission of r0" in done.output) == (2, True)


def test_the_instructors_file_is_written_over_on_demand_alone(tmp_path: Path) -> None:
    """--out that names the file, by another path too, is refused; --in-place is not."""
    book = tmp_path / "g.csv"
    book.write_bytes(CANVAS)
    book.chmod(0o640)
    (tmp_path / "link.csv").symlink_to(book)
    folder = results(tmp_path, (100, canvas(105)))
    common = (folder, "--canvas", book, "--column", "71")
    for out in (book, tmp_path / "link.csv", tmp_path / "results" / ".." / "g.csv"):
        done = run(*common, "--out", out)
        assert (done.exit_code, "is the gradebook itself" in done.output) == (2, True)
    assert run(*common, "--out", tmp_path / "none" / "x.csv").exit_code == 2
    assert book.read_bytes() == CANVAS
    assert run(*common, "--in-place").exit_code == 0
    assert changed_cells(CANVAS, book.read_bytes()) == {(7, 6): "20"}
    assert book.stat().st_mode & 0o777 == 0o640


def test_options_that_exclude_each_other(tmp_path: Path) -> None:
    """No gradebook, two of them, half of --feedback, no results: a sentence and exit 2."""
    (tmp_path / "g.csv").write_bytes(CANVAS)
    folder = results(tmp_path, (100, canvas(105)))
    book = tmp_path / "g.csv"
    for arguments in (
        (folder,),
        (folder, "--canvas", book, "--moodle", book),
        (folder, "--canvas", book, "--in-place", "--out", tmp_path / "x"),
        (folder, "--moodle", book, "--feedback", tmp_path / "f.zip"),
        (folder, "--canvas", book, "--feedback", tmp_path / "f.zip", "--submissions", book),
        (tmp_path / "results" / "reports", "--canvas", book),
    ):
        done = run(*arguments)
        assert done.exit_code == 2
        assert done.output.strip().count("\n") == 0
    assert {p.name for p in tmp_path.iterdir()} == {"g.csv", "results"}


def test_ids_of_one_platform_are_not_those_of_another(tmp_path: Path) -> None:
    """User s101 of GitHub or 101 of Moodle is not student s101 or 101 of this gradebook."""
    (tmp_path / "g.csv").write_bytes(CANVAS)
    folder = results(tmp_path, (100, Owner("github", "s101")), (100, Owner("moodle", "101")))
    done = run(folder, "--canvas", tmp_path / "g.csv", "--column", "71")
    assert (done.exit_code, "no row is s101" in done.output) == (2, True)


def test_points_possible_in_another_language(tmp_path: Path) -> None:
    """The row is the indented one that is no student's."""
    (tmp_path / "g.csv").write_bytes(CANVAS.replace(b"Points Possible", "Mögliche Punkte".encode()))
    folder = results(tmp_path, (100, canvas(105)))
    assert run(folder, "--canvas", tmp_path / "g.csv", "--column", "71").exit_code == 0
    assert b"ann@example.org,,,20,\r\n" in (tmp_path / "g-filled.csv").read_bytes()


def test_moodles_group_before_a_name_is_no_contradiction(tmp_path: Path) -> None:
    """`Group A-Ada Lovelace` is Ada Lovelace; `Ida-Ada` is not."""
    (tmp_path / "g.csv").write_text(MOODLE)
    folder = results(tmp_path, (50, moodle(11, "Group A-Ada Lovelace")), (5, moodle(13, "Zoë-Ida")))
    done = run(folder, "--moodle", tmp_path / "g.csv")
    assert (done.exit_code, "13 is Zoë there, and handed in as Zoë-Ida" in done.output) == (1, True)
    assert ",25,50.00" in (tmp_path / "g-filled.csv").read_text()


def test_nothing_that_is_read_is_written_over(tmp_path: Path) -> None:
    """The feedback zip cannot take the place of the submissions, nor of the gradebook."""
    source = as_zip(tmp_path, "original", {"Ada_11_assignsubmission_file/custom_lift.py": ""})
    before = source.read_bytes()
    (tmp_path / "g.csv").write_text(MOODLE)
    folder = results(tmp_path, MOODLE_ROWS[0])
    for feedback in (source, tmp_path / "g.csv", tmp_path / "g-filled.csv"):
        options = ("--feedback", feedback, "--submissions", source)
        assert run(folder, "--moodle", tmp_path / "g.csv", *options).exit_code == 2
    assert source.read_bytes() == before
    assert (tmp_path / "g.csv").read_text() == MOODLE


def test_link_to_a_gradebook_stays_a_link(tmp_path: Path) -> None:
    """--in-place writes into the file that a link leads to."""
    (tmp_path / "g.csv").write_bytes(CANVAS)
    (tmp_path / "link.csv").symlink_to("g.csv")
    folder = results(tmp_path, (100, canvas(105)))
    done = run(folder, "--canvas", tmp_path / "link.csv", "--column", "71", "--in-place")
    assert done.exit_code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert changed_cells(CANVAS, (tmp_path / "g.csv").read_bytes()) == {(7, 6): "20"}


def test_names_that_a_site_strips_do_not_hide_a_contradiction(tmp_path: Path) -> None:
    """`mller` may be Müller; 李明 is not 王芳, though nothing of either is ASCII."""
    rows = 'Student,ID,Section,Lift (71)\n    Points Possible,,,100\n"Müller, A",1,,\n王芳,2,,\n'
    (tmp_path / "g.csv").write_text(rows)
    folder = results(tmp_path, (10, canvas(1, "mllera")), (20, canvas(2, "李明")))
    done = run(folder, "--canvas", tmp_path / "g.csv")
    assert (done.exit_code, "2 is 王芳 there, and handed in as 李明" in done.output) == (1, True)
    assert (tmp_path / "g-filled.csv").read_text() == rows.replace('A",1,,', 'A",1,,10')
