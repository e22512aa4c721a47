"""The command depends on nothing that it was started with: path, signals, flags, output."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from grader import SCRATCH
from grader.bulk.network import require_private
from grader.core.errors import UsageError
from grader.core.key import Key
from grader.sandbox import scratch
from tests.conftest import SAMPLES

GRADER = [str(Path(sys.executable).parent / "grader")]
RIGHT = SAMPLES / "correct/course-loop.py"


@pytest.mark.parametrize("named", [True, False])
def test_modules_beside_a_submission_are_not_imported(named: bool, tmp_path: Path) -> None:
    """Neither PYTHONPATH nor the folder that one stands in gives the command a module."""
    for name in ("numpy", "click", "msgspec", "exercise", "random"):
        (tmp_path / f"{name}.py").write_text("print('taken'); raise SystemExit(9)")
    command = [*GRADER, "explain"] if named else [sys.executable, "-m", "grader", "explain"]
    settings = os.environ | ({"PYTHONPATH": str(tmp_path)} if named else {})
    done = subprocess.run(
        [*command, "shared-key"], cwd=tmp_path, env=settings, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "taken" not in done.stdout


def test_the_module_would_be_imported(tmp_path: Path) -> None:
    """Python itself does take one from PYTHONPATH."""
    (tmp_path / "numpy.py").write_text("print('taken')")
    settings = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", "import numpy"]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=True)
    assert "taken" in done.stdout


OWN = """
import ctypes, os, signal, sys
from grader import start
if "own" in sys.argv:
    start.own_process()
libc = ctypes.CDLL(None)
libc.puts(b"native")
libc.fflush(None)
print("ours", signal.getsignal(signal.SIGINT) is signal.default_int_handler)
"""


@pytest.mark.parametrize(
    ("mode", "said"), [("own", "ours True\n"), ("as it is", "native\nours False\n")]
)
def test_output_and_signals_are_its_own(mode: str, said: str) -> None:
    """What a native library prints is no output, and Ctrl-C ends it though SIGINT was ignored."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        done = subprocess.run(
            [sys.executable, "-c", OWN, mode], capture_output=True, text=True, check=True
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert done.stdout == said


def test_titles_are_kept_without_docstrings() -> None:
    """With PYTHONOPTIMIZE=2 the checks have their titles."""
    settings = os.environ | {"PYTHONOPTIMIZE": "2"}
    command = [*GRADER, "check", str(RIGHT), "--format", "json"]
    done = subprocess.run(command, env=settings, capture_output=True, text=True)
    assert '"title": "All public cases match."' in done.stdout, done.stderr


def test_folders_of_killed_runs_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed run has left goes at the next start; what lives, or is elsewhere, stays."""
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(tmp_path))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    (tmp_path / f"{SCRATCH}link").symlink_to(elsewhere)
    left = tmp_path / f"{SCRATCH}left"
    left.mkdir()
    (left / "file").touch()
    with scratch.folder() as lives:
        assert not left.exists()
        scratch.sweep()
        assert lives.exists()
    assert not lives.exists()
    assert (elsewhere / "kept").exists()
    assert (tmp_path / f"{SCRATCH}link").is_symlink()


@pytest.mark.parametrize(
    ("address", "private"),
    [
        *(("tcp://127.0.0.1:8786", True), ("localhost:8786", True), ("tcp://[::1]:1", True)),
        *(("tls://grading.example.org:8786", True), ("tcp://10.0.0.5:8786", False)),
        *(
            ("host:8786", False),
            ("tcp://localhost.example.org:1", False),
            ("ws://127.0.0.1", False),
        ),
        *(("tcp://127.0.0.1.example.org:1", False), ("tcp://[", False), ("", False)),
    ],
)
def test_a_scheduler_in_the_open_is_refused(address: str, private: bool) -> None:
    """Only TLS and this machine's own addresses are taken without being told."""
    if private:
        require_private(address)
        return
    with pytest.raises(UsageError, match="--trusted-network"):
        require_private(address)


def test_hidden_half_is_for_its_owner(key: Key) -> None:
    """Nobody else may read it; and it knows that it was drawn from a public word."""
    from exercise import EXERCISE

    assert stat.S_IMODE(EXERCISE.hidden_key.stat().st_mode) == 0o600
    assert key.is_development == (not os.environ.get("GRADER_COURSE_SECRET"))


def test_packages_need_a_course_secret(tmp_path: Path) -> None:
    """A key from the word for development makes no package, unless that is meant; check says so."""
    settings = os.environ | {"PYTHONWARNINGS": "ignore"}
    package = tmp_path / "a.zip"
    made = {}
    for options in ((), ("--development",)):
        command = [*GRADER, "autograder", *options, "gradescope", str(package)]
        done = subprocess.run(command, env=settings, capture_output=True, text=True)
        made[options] = (done.returncode, package.exists(), "public knowledge" in done.stderr)
    assert made == {(): (2, False, True), ("--development",): (0, True, False)}
