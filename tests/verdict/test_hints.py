"""Hints in levels: what each says, what none says, and how the last diagnosis is kept."""

import re
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec import structs

from exercise import EXERCISE
from grader import ROOT
from grader.cli import main
from grader.verdict import hints, last
from grader.verdict.hints import Subject

BOOK = hints.read(EXERCISE)
PAGES = EXERCISE.wording.faults
SUBJECTS = sorted({*PAGES, *BOOK.endings})
LEVELS = (1, 2, 3, 4)
STATUSES = {
    *("not-implemented", "syntax-error", "import-error", "missing-function", "wrong-signature"),
    *("crashed", "timed-out", "out-of-memory", "killed"),
}
BLAME = {"just", "simply", "obviously", "stupid", "wrongly", "careless", "easy", "forgot"}


def text(id: str, level: int) -> str:
    """A hint on a fault at a line."""
    return hints.hint(EXERCISE, BOOK, Subject(id, "mine.py", 7, "    total = total"), level)


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own."""
    monkeypatch.setenv(last.VARIABLE, str(tmp_path / "state"))
    return tmp_path / "state" / "last.json"


def test_every_fault_and_ending_has_hints() -> None:
    """Faults have a place to look at; every ending that is the student's has four levels."""
    assert set(BOOK.where) == set(PAGES)
    assert set(BOOK.endings) >= STATUSES


@pytest.mark.parametrize(("id", "level"), list(product(SUBJECTS, LEVELS)))
def test_hint_is_short_kind_and_begins_with_a_question_or_advice(id: str, level: int) -> None:
    """At most 160 words; the first line asks or recommends; nothing blames or belittles."""
    said = text(id, level)
    assert 5 <= len(said.split()) <= 160
    first = said.splitlines()[0]
    assert "?" in first or re.match(r"(Look|Print|Call|Put|Search|Compare|Write|Start|Here)", first)
    assert not set(re.findall(r"[a-z]+", said.lower())) & BLAME


def code_lines(source: str) -> set[str]:
    """Lines of code without spaces and comments, long enough to give something away."""
    lines = ("".join(line.split("#")[0].split()) for line in source.splitlines())
    return {line for line in lines if len(line) > 24 and not line.startswith(("import", "from"))}


def test_no_hint_holds_a_line_of_the_solution() -> None:
    """No line of a right program, white space aside, is in any hint."""
    right = ROOT / "solution" / "reference.py"
    sources = [right, *ROOT.glob("tests/submissions/correct/*.py")]
    lines = {line for path in sources for line in code_lines(path.read_text("latin-1"))}
    said = "".join("".join(text(i, n).split()) for i, n in list(product(SUBJECTS, LEVELS)))
    assert len(lines) > 20
    assert [line for line in lines if line in said] == []


def test_the_search_for_solution_lines_can_fail() -> None:
    """A right line, spaced in another way and with a comment, is the same line to the search."""
    line = "stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)"
    assert code_lines(f"    {line}  # why") == code_lines(line.replace(" ", "  ")) != set()


def test_patterns_share_no_random_keys_and_no_mapping_with_the_task() -> None:
    """With other names and numbers put in, no pattern is the task's line for keys or for init."""
    said = "".join("".join(text(i, n).split()) for i, n in list(product(SUBJECTS, LEVELS)))
    assert not re.search(r"split\(jax\.random\.\w+\(\w+\),\w+\)", said)
    assert not re.search(r"in_axes=\(0,None\)\)\(", said)
    assert re.search(r"in_axes=\(None,0\)\)\(", said)


def test_third_level_names_the_line() -> None:
    """Level 3 gives file, line and what stands there; without a line it says where to begin."""
    assert "mine.py:7\n    total = total" in text("sum-not-mean", 3)
    bare = Subject("sum-not-mean", "mine.py")
    assert "No single line" in hints.hint(EXERCISE, BOOK, bare, 3)


def test_levels_rise_and_stay_at_the_top(state: Path) -> None:
    """Each call gives the next level; the last one is given again."""
    last.remember(Path("mine.py"), Subject("shared-key", "mine.py", 3, "key = ..."))
    heads = [CliRunner().invoke(main, ["hint"]).output.splitlines()[0] for _ in range(5)]
    assert [re.search(r"hint (\d) of 4", h).group(1) for h in heads] == list("12344")  # type: ignore[union-attr]
    last.remember(Path("mine.py"), Subject("shared-key", "mine.py", 4))
    kept = last.load()
    assert kept is not None
    assert (kept.level, kept.subject.line) == (4, 4)
    last.remember(Path("mine.py"), Subject("sum-not-mean", "mine.py", 4))
    assert state.exists()
    fresh = last.load()
    assert fresh is not None
    assert fresh.level == 0


def test_an_instructor_caps_the_level(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With highest_level = 2 neither the line nor the pattern is given."""
    capped = structs.replace(BOOK, highest_level=2)
    monkeypatch.setattr(hints, "read", lambda _: capped)
    last.remember(Path("mine.py"), Subject("shared-key", "mine.py", 3, "key = ..."))
    said = [CliRunner().invoke(main, ["hint"]).output for _ in range(4)]
    assert "hint 2 of 2" in said[-1]
    assert not any("mine.py:3" in s or "Not this" in s for s in said)
    assert state.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"[1]", b'{"path": 3}', b"{" * 70000])
def test_a_damaged_state_is_no_trouble(state: Path, content: bytes) -> None:
    """Whatever is in the file: `grader hint` says what to do, and the next check writes anew."""
    state.parent.mkdir()
    state.write_bytes(content)
    result = CliRunner().invoke(main, ["hint"])
    assert result.exit_code == 2
    assert "grader check" in result.output
    last.remember(Path("mine.py"), Subject("shared-key"))
    assert last.load() is not None


def test_a_state_that_cannot_be_written_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a file stands in the folder's place, nothing is kept and nothing fails."""
    (tmp_path / "state").write_text("a file")
    monkeypatch.setenv(last.VARIABLE, str(tmp_path / "state"))
    last.remember(Path("mine.py"), Subject("shared-key"))
    assert last.load() is None
