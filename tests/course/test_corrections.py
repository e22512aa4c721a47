"""A correction is one line that survives everything: escaped, checked, whole, and never silent."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from grader.core.errors import UsageError
from grader.core.report import from_json
from grader.course.correction import NAME, Correction, add, parse, read, string, with_line
from grader.results.claim import claimed
from tests.support.class_tools import keep
from tests.support.term import HIDDEN, made, results, run

REASON = ("--reason", "x")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The results of the made class, without a course's rules."""
    return results(tmp_path / "out", course=None)


def test_five_corrections_are_five_lines(folder: Path) -> None:
    """Each line says who, what, why, and what it was based on; the first lines say how it works."""
    for arguments in (
        ("s02", "--check", "hidden-cases", "--points", 7.5, "--reason", 'He "said" \\ so'),
        ("s01", "--score", 60, "--reason", "Übung", "--by", "Eve"),
        ("s03", "--excused", "--reason", "ill"),
        ("s16", "--by-hand", 70, "--reason", "read on paper"),
        ("s02", "--check", "hidden-cases", "--points", 10, "--reason", "more"),
    ):
        done = run("correct", folder, *arguments)
        assert done.exit_code == 0, done.output
    lines = (folder / NAME).read_text("utf-8").splitlines()
    assert [line[:2] for line in lines] == ["# ", "# ", "co", *["  "] * 5, "]"]
    sha256 = made("s02", HIDDEN).submission.sha256
    assert lines[3] == (
        '  {id = "s02", reason = "He \\"said\\" \\\\ so", check = "hidden-cases", points = 7.5, '
        f'sha256 = "{sha256}", automatic = 85}},'
    )
    assert 'by = "Eve"' in lines[4]
    assert "automatic" not in lines[6]
    said = "s02: 92.5 before, now 95 of 100 points. corrections.toml, line 8."
    assert done.output.splitlines()[0] == said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("s2", "--score", 1, *REASON), "no submission with the id s2. Did you mean s22?"),
        (("s02", "--check", "hidden-case", "--points", 1, *REASON), "Did you mean hidden-cases?"),
        (("s02", "--check", "hidden-cases", "--points", 16, *REASON), "from 0 to 15 points, and"),
        (("s02", "--check", "hidden-cases", "--points", -1, *REASON), "from 0 to 15 points, and"),
        (("s02", "--score", "nan", *REASON), "from 0 to 100 points, and not nan"),
        (("s02", "--score", "inf", *REASON), "and not inf"),
        (("s02", "--score", 101, *REASON), "from 0 to 100 points, and not 101"),
        (("s02", "--check", "hidden-cases", *REASON), "--check CHECK and --points N go together"),
        (("s02", "--points", 3, *REASON), "--check CHECK and --points N go together"),
        (("s02", *REASON), "Say one thing"),
        (("s02", "--score", 3, "--excused", *REASON), "Say one thing"),
        (("s02", "--score", 3, "--reason", "  "), "--reason says nothing"),
        (("s02", "--score", 3), "Missing option '--reason'"),
        (("s02", "--by-hand", 3, *REASON), "s02 was graded: --score gives"),
        (("s16", "--check", "runs", "--points", 3, *REASON), "The run of s16 failed"),
    ],
)
def test_what_cannot_be_is_refused(
    folder: Path, arguments: tuple[object, ...], message: str
) -> None:
    """With a message and exit 2; nothing is written."""
    done = run("correct", folder, *arguments)
    assert done.exit_code == 2
    assert message in done.output
    assert not (folder / NAME).exists()


def test_check_after_a_whole_score_is_refused(folder: Path) -> None:
    """It would count for nothing, and that must not be silent."""
    assert run("correct", folder, "s02", "--score", 60, *REASON).exit_code == 0
    done = run("correct", folder, "s02", "--check", "runs", "--points", 3, *REASON)
    assert done.exit_code == 2
    assert "has a whole score from line 4" in done.output
    assert run("correct", folder, "s02", "--score", 61, *REASON).exit_code == 0
    assert len(read(folder)) == 2


DAMAGED = (
    ('{id = "a", reason = "x", score = "1"},', "line 2: Expected `float . null`, got `str`"),
    ('{id = "a", reason = "", score = 1},', "line 2: Expected `str` of length >= 1"),
    ('{id = "a", reason = "x", scores = 1},', "line 2: Object contains unknown field `scores`"),
    ('{id = "a", reason = "x"},', "line 2: it has to be one of"),
    ('{id = "a", reason = "x", score = 1, line = 7},', "line 2: there is no key `line`"),
    ('{id = "a", reason = "x", score = 1', "is damaged: .*line"),
    ("3,", "correction 1: Expected `object`, got `int`"),
)


@pytest.mark.parametrize(("line", "message"), DAMAGED)
def test_damaged_file_is_refused_and_stays(folder: Path, line: str, message: str) -> None:
    """Every command that would apply it ends with exit 2 and names the line; nothing is lost."""
    text = f"corrections = [\n  {line}\n]\n"
    (folder / NAME).write_text(text)
    for command in (
        ("correct", folder, "s01", "--score", 3, *REASON),
        ("report", folder),
        ("feedback", folder, folder.parent / "pages"),
    ):
        done = run(*command)
        assert done.exit_code == 2, command
        assert re.search(message, done.output)
    assert (folder / NAME).read_text() == text


def test_line_goes_into_an_edited_file(tmp_path: Path) -> None:
    """Comments and odd layout stay; where the array does not end the file, nothing is written."""
    new = Correction("b", "y", score=2)
    for text in (
        "",
        "# mine\n",
        "corrections = []",
        'corrections = [ {id="a", reason="x", score=1} ]\n\n',
        '# é\ncorrections = [\n  {id="a", reason="x", score=1}, # why\n  # more\n]\n',
    ):
        (tmp_path / NAME).write_text(text, "utf-8")
        count = len(read(tmp_path))
        add(tmp_path, new)
        found = read(tmp_path)
        assert len(found) == count + 1
        assert structs.replace(found[-1], line=0) == new
        assert (tmp_path / NAME).read_text("utf-8").startswith(text.rstrip("\n ]"))
    for text in (
        'corrections = [\n  {id="a", reason="x", score=1},\n] # end\n',
        'corrections = [\n  {id="a", reason="x", score=1} # why\n]\n',
    ):
        (tmp_path / NAME).write_text(text)
        with pytest.raises(UsageError, match="put `]` alone on its last line"):
            add(tmp_path, new)
        assert (tmp_path / NAME).read_text() == text


@given(st.text(), st.text(), st.floats(0, 100))
def test_whatever_is_said_is_one_line_that_reads_the_same(id: str, by: str, score: float) -> None:
    """Quotes, newlines, controls and lone surrogates cannot end a string or a line."""
    id, by = (text.encode("utf-8", "replace").decode() for text in (id, by))
    new = Correction(id, f"because {by}", score=score, by=by)
    text = with_line(with_line("", new), new)
    assert all(c.isprintable() or c == "\n" for c in text)
    assert len(text.split("\n")) == 7
    assert [structs.replace(c, line=0) for c in parse(text.encode(), NAME)] == [new, new]
    assert tomllib.loads(f"a = {string(id)}")["a"] == id


def test_change_under_a_correction_is_told(folder: Path) -> None:
    """Another file, or another automatic score: it is still applied, and to be looked at again."""
    arguments = ("--check", "hidden-cases", "--points", 10, *REASON)
    for id in ("s02", "s06", "s18"):
        assert run("correct", folder, id, *arguments).exit_code == 0
    other = {
        "s02": made("another file", HIDDEN),
        "s06": made("s06", (*HIDDEN, "runs")),
        "s18": made("s18", HIDDEN),
    }
    keep(folder, other)
    done = run("report", folder)
    assert done.exit_code == 0
    said = [line.strip() for line in done.output.splitlines() if "look again" in line]
    assert said == [
        "s02: the correction of its hidden-cases was made for another file of this student's "
        "(corrections.toml, line 4): look again",
        "s06: the correction of its hidden-cases was made when the automatic score was 85, which "
        "is 75 now (corrections.toml, line 5): look again",
    ]
    assert "85 of 100 points." in (folder / "pages/s06.html").read_text("utf-8")
    assert "look again" not in (folder / "pages/s06.html").read_text("utf-8")
    assert from_json((folder / "reports/s06.json").read_bytes()).score == 75
    assert "line 4: there is no submission" not in done.output


def test_correction_of_who_is_gone_is_told(folder: Path) -> None:
    """Its line stays, and is named."""
    assert run("correct", folder, "s02", "--score", 86, *REASON).exit_code == 0
    keep(folder, {"s01": made("s01", ())})
    done = run("report", folder)
    assert "corrections.toml, line 4: there is no submission s02" in done.output
    assert len(read(folder)) == 1


def test_two_at_once_cannot_lose_a_line(folder: Path) -> None:
    """While a bulk run writes to the results, a correction waits for another try."""
    with claimed(folder):
        done = run("correct", folder, "s02", "--score", 86, *REASON)
    assert done.exit_code == 2
    assert "Another bulk run" in done.output
