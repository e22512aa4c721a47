"""Bad input gets a clear message, a report, and a true status; the command's exit codes hold."""

import json
import os
import socket
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import SAMPLES
from tests.support import forked

run = partial(forked.run, "grader")


def checked(tmp_path: Path, name: str, content: bytes) -> tuple[int, dict[str, object], str]:
    """Grade bytes through the command; gives exit code, report and what was printed."""
    file, report = tmp_path / name, tmp_path / "report.json"
    file.write_bytes(content)
    done = run("check", str(file), "--report", str(report))
    return done.returncode, json.loads(report.read_text()), done.stdout


def test_full_marks_exit_0(tmp_path: Path) -> None:
    """All points: exit 0, and nothing left to do."""
    content = (SAMPLES / "correct/course-loop.py").read_bytes()
    code, report, text = checked(tmp_path, "mine.py", content)
    assert (code, report["score"]) == (0, 100)
    assert "100 of 100" in text


def test_wrong_answer_exits_1_with_its_fault(tmp_path: Path) -> None:
    """Not all points: exit 1, the fault, its evidence, and the page to read next."""
    content = min((SAMPLES / "late-bound-lambda").glob("*.py")).read_bytes()
    code, report, text = checked(tmp_path, "mine.py", content)
    assert code == 1
    assert report["status"] == "graded"
    assert "late-bound-lambda" in text
    assert "grader explain late-bound-lambda" in text


def test_exit_zero_is_for_ci(tmp_path: Path) -> None:
    """--exit-zero turns a low score into exit 0, and leaves usage errors alone."""
    file = tmp_path / "empty.py"
    file.write_bytes(b"")
    assert run("check", str(file), "--exit-zero").returncode == 0
    assert run("check", str(tmp_path / "none.py"), "--exit-zero").returncode == 2


@pytest.mark.parametrize("kind", ["missing", "directory", "fifo", "socket", "broken-link"])
def test_what_is_no_file_is_a_usage_error_with_a_report(tmp_path: Path, kind: str) -> None:
    """No file to grade: exit 2, a sentence that says so, and a report."""
    path, report = tmp_path / "it.py", tmp_path / "report.json"
    server = socket.socket(socket.AF_UNIX)
    if kind == "directory":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "socket":
        server.bind(str(path))
    elif kind == "broken-link":
        path.symlink_to(tmp_path / "nowhere")
    done = run("check", str(path), "--report", str(report))
    server.close()
    assert done.returncode == 2
    assert "it.py" in done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(report.read_text())["status"] == "not-run"


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", "missing-function", "empty"),
        (b"\0" * 100, "syntax-error", "Python cannot read the file"),
        ("# é\n".encode("latin-1"), "syntax-error", "Python cannot read the file"),
        (b"x = 1\n" * 9_000_000, "not-run", "larger than"),
        (b"%PDF-1.7", "not-run", "it is a PDF, and no Python file"),
        (
            b"def custom_lift_foward(seed, x, n_copies, features): pass",
            "missing-function",
            "Did you mean custom_lift_foward?",
        ),
        (b"custom_lift_forward = 3", "missing-function", "cannot be called"),
        (b"import torchh", "import-error", "torchh"),
        (b"def custom_lift_forward(seed, x): pass", "wrong-signature", "n_copies"),
    ],
    ids=[
        "empty",
        "nul",
        "latin-1",
        "54-MB",
        "pdf",
        "misspelt",
        "no-function",
        "no-module",
        "signature",
    ],
)
def test_unusable_file_is_named_for_what_it_is(
    tmp_path: Path, content: bytes, status: str, words: str
) -> None:
    """Each kind of unusable file has its status, its sentence and a report; 0 is for what ran."""
    code, report, text = checked(tmp_path, "mine.py", content)
    score = None if status == "not-run" else 0
    assert (code, report["status"], report["score"]) == (1, status, score)
    assert words in " ".join(text.split())


def test_json_goes_to_stdout_alone(tmp_path: Path) -> None:
    """--format json prints the report and nothing else."""
    file = tmp_path / "empty.py"
    file.write_bytes(b"")
    done = run("check", str(file), "--format", "json")
    assert json.loads(done.stdout)["status"] == "missing-function"


def test_no_colour_in_a_pipe(tmp_path: Path) -> None:
    """Without a terminal there is no escape sequence, not even one from the submission."""
    source = b"raise ValueError('\\x1b[31mred\\x1b[0m ::error::x')"
    _, report, text = checked(tmp_path, "mine.py", source)
    assert "\x1b" not in text + json.dumps(report, ensure_ascii=False)


def test_students_own_frames_only(tmp_path: Path) -> None:
    """An exception is told with the student's line, and without a frame of ours."""
    source = (
        b"def helper(x):\n    return x.nope\n\n"
        b"def custom_lift_forward(seed, x, n_copies, features):\n    return helper(x)\n"
    )
    _, report, text = checked(tmp_path, "mine.py", source)
    assert report["status"] == "crashed"
    assert "(line 2)" in text
    assert "grader/" not in text
    assert "Traceback" not in text


def test_unknown_command_and_option_exit_2() -> None:
    """Usage errors are exit 2."""
    assert run("chekc").returncode == 2
    assert run("check", "--nope").returncode == 2


def test_unknown_fault_is_met_with_a_guess() -> None:
    """`grader explain` corrects a misspelt fault."""
    done = run("explain", "sum-not-maen")
    assert done.returncode == 2
    assert "Did you mean sum-not-mean?" in done.stderr
