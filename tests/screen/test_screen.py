"""What a student sees: in a real pseudo-terminal, at three widths, and where marks are lacking."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from rich.console import Console

from exercise import EXERCISE
from grader.core import key_file as keys
from grader.core.diagnosis import Example
from grader.core.report import CheckResult, Report, from_json
from grader.screen.bars import bar
from grader.screen.marks import ASCII, DRAWN
from grader.screen.render import render
from grader.verdict.view import look
from tests.conftest import SAMPLES
from tests.support.hostile_text import golden

PATTERNS = {
    "sum-not-mean/loop_returns_total.py": "all x 3.00 = n_copies",
    "late-bound-lambda/comprehension_of_lambdas.py": "equal to copy 3 alone",
    "divided-twice/mean_then_divide.py": "all x 0.33 = 1 / n_copies",
}
USUAL = (
    *("shared-key", "missing-in-axes", "sum-not-mean", "late-bound-lambda", "unsliced-params"),
    *("first-copy-twice", "overwritten-accumulator", "missing-copy", "not-reduced"),
    "wrong-divisor",
)
MOST_WORDS = 160  # hints help most where they have 80 to 160 words
GRADER = str(Path(sys.executable).with_name("grader"))


GRADED: dict[str, Report] = {}
_GRADE: list[Callable[[str], Report]] = []


@pytest.fixture(scope="module", autouse=True)
def _grading(grade_sample: Callable[[str], Report]) -> Iterator[None]:
    """What `report` grades with."""
    _GRADE.append(grade_sample)
    yield
    _GRADE.clear()


def report(name: str) -> Report:
    """The report of a sample, graded once."""
    if name not in GRADED:
        GRADED[name] = _GRADE[-1](name)
    return GRADED[name]


def shown(
    what: Report,
    width: int = 80,
    encoding: str = "utf-8",
    source: str = "",
    verbose: bool = False,
) -> str:
    """What a console of a width and an encoding prints; fails where it cannot."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict")
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    render(what, console, source.splitlines(), verbose=verbose)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]


def example(name: str) -> Example:
    """The wrong public case in a sample's report."""
    found = report(name).diagnosis.example
    assert found is not None
    return found


@pytest.mark.parametrize("name", PATTERNS)
def test_table_has_the_worst_first_and_one_pattern(name: str) -> None:
    """Wrong elements are sorted by how far off they are, and what they share is said."""
    part = example(name)
    off = [abs(float(r.yours) - float(r.expected)) for r in part.rows]
    assert off == sorted(off, reverse=True)
    assert part.pattern == PATTERNS[name]
    text = shown(report(name), verbose=True)
    assert PATTERNS[name] in text
    assert text.index("called") < text.index("index") < text.index("hint") < text.index("More:")


def test_example_is_of_a_public_case() -> None:
    """The case in the table is one whose expected answer is in the public key."""
    public = keys.read(EXERCISE.public_key, None).public
    calls = {EXERCISE.show_call(k.case) for k in public}
    assert {example(name).call for name in PATTERNS} <= calls


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", [*PATTERNS, "syntax-error/missing-colon.py"])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    """At each width all lines fit, and nothing is cut off."""
    text = shown(report(name), width, source="x = 1\n" * 20)
    assert max(len(line) for line in text.splitlines()) <= width
    assert "…" not in text


def first(fault: str) -> tuple[Report, str]:
    """The report and the source of the first sample of a fault."""
    path = min((SAMPLES / fault).glob("*.py"))
    return report(f"{fault}/{path.name}"), path.read_text("utf-8")


@pytest.mark.parametrize("fault", USUAL)
def test_first_screen_is_read_at_a_glance(fault: str) -> None:
    """What a usual mistake shows, with the student's line, has 160 words at most."""
    what, source = first(fault)
    text = shown(what, source=source)
    assert f"{fault}: " in text
    assert "hint" in text
    assert len(text.split()) <= MOST_WORDS


@pytest.mark.parametrize("fault", USUAL)
def test_lines_fit_and_end_where_their_text_ends(fault: str) -> None:
    """At 80 and 60 columns no line is longer than that, and none ends in blanks."""
    what, source = first(fault)
    for width in (80, 60):
        for verbose in (False, True):
            lines = shown(what, width, source=source, verbose=verbose).splitlines()
            assert max(map(len, lines)) <= width
            assert [line for line in lines if line != line.rstrip()] == []


def test_wrapped_text_stays_in_its_column() -> None:
    """Where the words on a check or a label go on, they begin below where they began."""
    begins = re.compile(r"  (?:(?:ok|NO|--) +\d+/\d+|called|it|shows|line|hint) +")
    column, begun, continued = 0, 0, 0
    for line in shown(report("shared-key/always_keys_zero.py"), 60, verbose=True).splitlines():
        if start := begins.match(line):
            column, begun = start.end(), begun + 1
        elif not line:
            column = 0
        elif column:
            continued += 1
            assert line[:column].isspace()
    assert (begun, continued > 8) == (14, True)


def test_what_hangs_on_a_failed_check_stands_with_it() -> None:
    """Passed checks are one line, and a check that waits for another one is named beside it."""
    name = min((SAMPLES / "unexplained").glob("*.py")).name
    for what, head, said, most in (
        ("shared-key/always_keys_zero.py", "independent-copies", "every-copy-counts waits", 20),
        (f"unexplained/{name}", "public-cases", "5 more checks wait", 65),
    ):
        view = look(report(what))
        assert [line.outcome for line in view.checks][:2] == ["passed", "failed"]
        assert {line.outcome for line in view.checks[1:]} == {"failed"}
        (line,) = (line for line in view.checks if line.names == head)
        assert f"{said} for it." in line.said
        assert (line.points, line.max_points) == (0, most)
        assert sum(line.points for line in view.checks) == report(what).score
        assert sum(line.max_points for line in view.checks) == 100


@given(st.lists(st.tuples(st.sampled_from(["passed", "failed", "skipped"]), st.integers(0, 6))))
def test_no_check_is_lost(drawn: list[tuple[str, int]]) -> None:
    """Whatever hangs on what, even in a circle: the lines of the checks come to all points."""
    checks = tuple(
        CheckResult(f"c{n}", "A title.", outcome, 10 * (outcome == "passed"), 10, "", "", f"c{why}")
        for n, (outcome, why) in enumerate(drawn)
    )
    stub = structs.replace(golden("correct"), checks=checks, score=0, max_score=10 * len(checks))
    for verbose in (False, True):
        lines = look(stub, verbose=verbose).checks
        assert sum(line.max_points for line in lines) == 10 * len(checks)
        assert sum(line.points for line in lines) == sum(check.points for check in checks)


def test_verbose_shows_every_check_number_and_remark() -> None:
    """Each check's title, all wrong elements and the whole advice are on it, and no way to more."""
    what = report("shared-key/always_keys_zero.py")
    brief, whole = shown(what, 200), shown(what, 200, verbose=True)
    assert all(check.title in whole for check in what.checks if check.outcome != "skipped")
    assert all(remark.message in whole for remark in what.advice)
    rows = example("shared-key/always_keys_zero.py").rows
    assert [row.yours in brief for row in rows] == [True, True, True, False, False]
    assert all(row.yours in whole for row in rows)
    assert ("--verbose" in brief, "--verbose" in whole) == (True, False)


def test_picture_without_a_difference_is_left_out() -> None:
    """Bars that all end where they should show nothing, and take no room."""
    what = report("unexpected-keys/chained_splits.py")
    assert what.diagnosis.picture is not None
    assert "█" not in shown(what)
    assert "█" in shown(what, verbose=True)


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_marks_fit_the_code_page(encoding: str) -> None:
    """Each code page gets bars that it can carry; cp437 gets the drawn ones."""
    text = shown(report("sum-not-mean/loop_returns_total.py"), encoding=encoding)
    assert ("█" in text) == (encoding == "cp437")
    assert ("##|##" in text) == (encoding != "cp437")


def test_bar_shows_too_long_too_short_and_below_zero() -> None:
    """The line stands at the wanted weight, whatever the bar does."""
    assert bar(1.0, 0.5, 4, ASCII) == "##|##"
    assert bar(0.25, 0.5, 4, ASCII) == "# |  "
    assert bar(-0.5, 0.5, 4, ASCII) == "--|  "
    assert bar(0.5, 0.5, 4, DRAWN) == "██│  "


def test_what_is_graded_later_is_in_no_sum() -> None:
    """The points of the checks that are shown come to what can be earned here, in each view."""
    stub = report("syntax-error/await-outside.py")
    last = structs.replace(stub.checks[-1], because="", later=5)
    for verbose in (False, True):
        view = look(structs.replace(stub, checks=(*stub.checks[:-1], last)), verbose=verbose)
        assert sum(line.max_points for line in view.checks) == 85
        assert "0 of 85 points" in view.verdict


def test_source_line_is_inert() -> None:
    """A quoted line of the student's file carries no escape to the terminal."""
    evil = "\n".join(["\x1b[31mred\x1b]0;title\x07 ::error::" for _ in range(30)])
    text = shown(report("sum-not-mean/loop_returns_total.py"), source=evil)
    assert "red" in text
    assert "\x1b" not in text
    assert "::error::" not in text


def test_full_marks_are_short_and_honest() -> None:
    """Nothing is left to do; where hidden cases wait, the screen says so."""
    full = report("correct/course-loop.py")
    assert "Nothing is left to do" in shown(full)
    data = json.loads(full.to_json())
    data["checks"][-1] |= {"outcome": "skipped", "points": 0}
    data["checks"][-1]["later"] = 5
    text = shown(from_json(json.dumps(data | {"score": 85, "correct": False}).encode()), 200)
    assert "85 of 85 points; 5 more cases, worth 15 points, are graded later" in text
    assert "every answer is right" not in text.lower()
    assert text.splitlines()[-1] == "Next: hand it in."


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal of POSIX")
@pytest.mark.parametrize("colour", [True, False])
def test_in_a_real_terminal(colour: bool, tmp_path: Path) -> None:
    """`grader check` says first that it checks; colours come and go, the words stay."""
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 60, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "TERM")}
    environment = kept | {"TERM": "xterm", "GRADER_STATE_DIR": str(tmp_path)}
    environment |= {} if colour else {"NO_COLOR": "1"}
    file = SAMPLES / "sum-not-mean" / "loop_returns_total.py"
    process = subprocess.Popen(
        [GRADER, "check", str(file)], stdin=slave, stdout=slave, stderr=slave, env=environment
    )
    os.close(slave)
    output = b""
    try:
        while data := os.read(master, 65536):
            output += data
    except OSError:
        pass
    assert process.wait() == 1
    text = output.decode()
    assert text.startswith("Checking loop_returns_total.py")
    assert bool(re.search(r"\x1b\[[0-9;]*3[12]m", text)) == colour
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "NO   0/10  mean-not-sum" in plain
    lines = [line for line in plain.splitlines() if "public knowledge" not in line]  # a log's line
    assert max(map(len, lines)) <= 60
