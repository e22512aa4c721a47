"""The score that counts: every number of a made class is checked by hand; no report changes."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from jsonschema import Draft202012Validator

from grader import ROOT
from grader.core.report import Report
from grader.course.decide import Case, decide
from grader.course.final import Final
from grader.course.finals import Finals
from grader.course.handed_in import Attempt
from grader.course.late import due
from grader.course.read import parse
from grader.results.read import read
from tests.support.term import CLASS, COURSE, HIDDEN, WORTH, at, corrected, made, results, run

SCHEMA = ROOT / "grader/schemas/final.schema.json"


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results with all corrections, and the report written."""
    folder = corrected(results(tmp_path_factory.mktemp("term") / "out"))
    done = run("report", folder)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def finals(term: Path) -> Mapping[str, Final]:
    """What counts, by id."""
    return msgspec.json.decode((term / "final.json").read_bytes(), type=Finals).by_id()


@pytest.mark.parametrize("student", CLASS, ids=lambda s: s.id)
def test_score_is_what_the_rules_make_of_it(student, finals: Mapping[str, Final]) -> None:
    """By hand, student by student."""
    found = finals[student.id]
    assert (found.score, found.max_score) == (student.counts, 90)
    assert found.automatic == made(student.id, student.lost).score
    last = found.steps[-1].score if found.steps else found.automatic
    assert last == found.score


def test_with_and_without_the_rule_are_both_told(finals: Mapping[str, Final]) -> None:
    """The sentence has the times, the days, the rate and both scores."""
    assert [step.said for step in finals["s06"].steps] == [
        "With the course's points for each check, 85 of 100 are 75 of 90.",
        "Handed in 2026-10-08 12:00 CEST, 3 days late (due 2026-10-05 23:59 CEST). 1 day of that "
        "is free. 2 days at 10 % of the points earned, of which 50 % are left at least. 75 without "
        "this rule, 60 with it.",
    ]
    assert (finals["s06"].without_late, finals["s06"].score) == (75, 60)
    assert "It had closed 2026-10-12 23:59 CEST, so nothing of it counts. 90 without this" in (
        finals["s08"].steps[-1].said
    )
    assert "due 2026-10-07 23:59 CEST, with the extension" in finals["s10"].steps[-1].said
    timing = finals["s10"].timing
    assert timing is not None
    assert (timing.late, timing.days, timing.free_days) == (True, 2, 1)
    assert finals["s12"].section == "B"


def test_what_is_not_known_is_listed_and_costs_nothing(finals: Mapping[str, Final]) -> None:
    """Neither a time nor a number of days is guessed."""
    unknown = {id: found.unknown for id, found in finals.items() if found.unknown}
    assert unknown == {
        "s13": ("when it was handed in is not known",),
        "s14": ("it was late by a test, and by how much is not known",),
    }


def test_report_of_the_grader_stays_as_it_is(term: Path) -> None:
    """Rules and corrections stand beside the reports, which have the automatic scores."""
    for student in CLASS:
        data = (term / f"reports/{student.id}.json").read_bytes()
        assert data == made(student.id, student.lost).to_json()
    assert {r.id: r.score for r in read(term).summary.submissions}["s08"] == 100


def test_tables_are_the_same_again_and_fit_the_schema(term: Path) -> None:
    """Written again, final.json, grades.csv and all pages have the same bytes."""
    files = [p for p in term.rglob("*") if p.suffix in (".json", ".csv", ".html")]
    before = {p: p.read_bytes() for p in files}
    assert run("report", term).exit_code == 0
    assert {p: p.read_bytes() for p in before} == before
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(
        json.loads((term / "final.json").read_bytes())
    )


def test_grades_say_what_counts_and_why(term: Path) -> None:
    """A row has both scores, the section, the days, the reason, and what to look at."""
    text = (term / "grades.csv").read_bytes().decode()
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    s17 = rows["s17"]
    assert (s17["score"], s17["final"], s17["final_max"], s17["without_late"]) == (
        *("", "54", "90"),
        "60",
    )
    assert (s17["handed_in"], s17["days_late"], s17["free_days"]) == (
        *("2026-10-07T12:00:00+02:00", "2"),
        "1",
    )
    assert rows["s19"]["final"] == "excused"
    assert rows["s12"]["section"] == "B"
    assert rows["s14"]["look_at"].startswith("it was late by")
    assert "Reason: Because of s19 <b>&?" in rows["s19"]["why"]


def test_student_reads_what_counts_and_why(term: Path) -> None:
    """On the page: the score, the automatic one, each step; what a person wrote is text."""
    page = (term / "pages/s21.html").read_text("utf-8")
    assert "81 of 90 points." in page
    assert "The automatic score is 85 of 100." in page
    assert "hidden-cases from 0 to 15 of 15. Reason: Because of s21 &lt;b&gt;&amp;?" in page
    assert "look again" not in page
    assert "Excused: no score counts." in (term / "pages/s19.html").read_text("utf-8")


def test_sections_have_their_numbers(term: Path) -> None:
    """B has two, both with all points; the rest are told apart; a section can be searched for."""
    page = (term / "index.html").read_text("utf-8")
    assert '<tr><th scope="row">B</th><td class="number">2</td>' in page
    assert '<th scope="row">no section</th><td class="number">20</td>' in page
    assert "section:B" in page
    assert page.count("rule:late") == 12
    assert page.count("rule:correction") == 5
    assert "The map of B" in page


def test_page_without_names_tells_no_reason(term: Path, tmp_path: Path) -> None:
    """Reasons, sections and what counts are left out where names are."""
    assert run("report", term, "--anonymous", "--out", tmp_path).exit_code == 0
    text = "".join(p.read_text("utf-8") for p in tmp_path.rglob("*.html"))
    assert "Because" not in text
    assert "What counts" not in text
    assert "no section" not in text


def test_without_rules_nothing_is_another(tmp_path: Path) -> None:
    """No file: no table, no page and no column tells of any rule; with the rules gone, again."""
    folder = results(tmp_path / "out", course=None)
    assert run("report", folder).exit_code == 0
    plain = {p: p.read_bytes() for p in folder.rglob("*") if p.suffix in (".json", ".html")}
    assert not (folder / "final.json").exists()
    assert not any(b"What counts" in data for data in plain.values())
    done = run("correct", folder, "s02", "--score", 86, "--reason", "x")
    assert done.exit_code == 0, done.output
    assert run("report", folder).exit_code == 0
    assert b"What counts" in (folder / "pages/s02.html").read_bytes()
    (folder / "corrections.toml").unlink()
    assert run("report", folder).exit_code == 0
    assert {p: p.read_bytes() for p in plain} == plain
    assert (folder / "grades.csv").read_bytes().splitlines()[0].endswith(b"faults,report")
    assert not (folder / "final.json").exists()


FIRST, SECOND = at("2026-10-03 10:00:00"), at("2026-10-07 10:00:00")


def counted(counts: str, *attempts: tuple[Attempt, Report]) -> Final:
    """What counts of attempts, by a rule."""
    course = parse(f'counts = "{counts}"\n{COURSE}'.encode(), "course.toml", WORTH)
    return decide(Case("a", attempts, (), due(course, (), ()), ""), course, WORTH)


@pytest.mark.parametrize(
    ("counts", "lost", "score", "said"),
    [
        ("newest", HIDDEN, 81, ""),  # 90, two days late, one of them free
        ("best", HIDDEN, 81, "points counts: the newest, handed in 2026-10-07 10:00 CEST."),
        ("best", ("hidden-cases", "vmapped-init"), 81, "points counts: the newest"),
        ("best", (), 90, "points counts: number 1, handed in 2026-10-03 10:00 CEST."),
        ("last-before-due", HIDDEN, 75, "due date counts: number 1"),
    ],
)
def test_attempt_that_counts(counts: str, lost: tuple[str, ...], score: int, said: str) -> None:
    """An early attempt beside a late one with all points: each has the cost of its own time."""
    early = (Attempt("1", FIRST), made("a", lost))
    late = (Attempt("2", SECOND), made("b", ()))
    found = counted(counts, early, late)
    assert found.score == score
    assert found.automatic == 100
    assert (found.steps[0].rule == "attempt") == bool(said)
    assert said in found.steps[0].said


def test_no_attempt_in_time_and_one_unknown() -> None:
    """None is in time: the newest counts, late. A time that is not known is told, not guessed."""
    late = (Attempt("1", SECOND), made("a", HIDDEN)), (Attempt("2", SECOND), made("b", ()))
    assert counted("last-before-due", *late).score == 81
    found = counted("last-before-due", (Attempt("1"), made("a", ())), late[1])
    assert found.score == 81
    assert "the time of one attempt is not known" in found.unknown[0]


def test_attempts_that_are_not_here_are_told() -> None:
    """The platform knows of more than were ever in an export: the best may be among them."""
    one = Attempt("1", FIRST, told=3)
    found = counted("best", (one, made("a", ())))
    assert found.unknown == ("the platform tells of 3 attempts, of which 1 could be graded here",)
    assert counted("newest", (one, made("a", ()))).unknown == ()


def test_attempt_with_another_key_is_told() -> None:
    """An earlier report is not graded again, so its score may be of other cases."""
    old = msgspec.structs.replace(made("a", ()), key="old")
    found = counted("best", (Attempt("1", FIRST), old), (Attempt("2", SECOND), made("b", ())))
    assert "another key" in found.warnings[0]
