"""Watch mode in a real pseudo-terminal: saves, keys, hangs and files that vanish."""

import io
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from exercise import EXERCISE
from grader.core.key import Key
from grader.core.submission import Submission
from grader.grading.grade import grade
from grader.sandbox import cache
from grader.sandbox.sandbox import Sandbox
from grader.watch import changes
from grader.watch.session import Session
from tests.conftest import SAMPLES

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal of POSIX", allow_module_level=True)

RIGHT = (SAMPLES / "correct" / "course-loop.py").read_text("utf-8")
SUM = min((SAMPLES / "sum-not-mean").glob("*.py")).read_text("utf-8")
HANG = "def custom_lift_forward(seed, x, n_copies, features):\n    while True: pass\n"
READY = "q quit"


class Terminal:
    """`grader check --watch` in a terminal of its own."""

    def __init__(self, file: Path, state: Path) -> None:
        """Start it on a file."""
        import pty

        self.file, self.seen = file, ""
        self._mark = 0
        master, slave = pty.openpty()
        self._master = master
        command = [str(Path(sys.executable).with_name("grader")), "check", "--watch", str(file)]
        environment = os.environ | {"COLUMNS": "80", "GRADER_STATE_DIR": str(state)}
        self.process = subprocess.Popen(
            [*command, "--timeout", "3"], stdin=slave, stdout=slave, stderr=slave, env=environment
        )
        os.close(slave)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            while data := os.read(self._master, 65536):
                self.seen += data.decode("utf-8", "replace")
        except OSError:
            return

    def press(self, keys: str) -> None:
        """Type something."""
        os.write(self._master, keys.encode())

    def until(self, text: str, seconds: float = 90) -> str:
        """Wait for a text in what came since the last wait; gives what came up to it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            new = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.seen[self._mark :])
            if text in new:
                self._mark = len(self.seen)
                return new
            time.sleep(0.05)
        raise AssertionError(f"no {text!r} in {self.seen[self._mark :]!r}")

    def save(self, text: str) -> None:
        """Save as editors do: another file takes this one's place."""
        fresh = self.file.with_name(".swap")
        fresh.write_text(text, "utf-8")
        fresh.replace(self.file)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A watch on a file that forgets the division."""
    file = tmp_path / "mine" / "custom_lift.py"
    file.parent.mkdir()
    file.write_text(SUM, "utf-8")
    opened = Terminal(file, tmp_path / "state")
    yield opened
    opened.process.kill()
    opened.process.wait()


def test_a_session_from_save_to_save(terminal: Terminal) -> None:
    """Saves, a syntax error, a vanished file, a hang, hints and the reset are all lived through."""
    assert "sum-not-mean" in terminal.until(READY)
    terminal.press("h")
    assert "hint 1 of 4" in terminal.until(READY)
    terminal.save("def custom_lift_forward(seed, x, n_copies, features)\n    return 1\n")
    assert "custom_lift.py:1" in terminal.until(READY)
    terminal.file.unlink()
    time.sleep(0.7)
    terminal.save(RIGHT)
    assert "Every answer is right" in terminal.until(READY)
    terminal.press("x")
    terminal.until("y or n")
    terminal.press("n")
    terminal.until("Nothing was changed")
    terminal.save(HANG)
    assert "timed-out" in terminal.until(READY)
    terminal.press("xy")
    assert "not-implemented" in terminal.until(READY)
    kept = terminal.file.with_name("custom_lift.py.before-reset")
    assert kept.read_text("utf-8") == HANG
    terminal.press("r")
    terminal.until(READY)
    terminal.press("q")
    assert terminal.process.wait(timeout=30) == 0


def test_q_ends_while_a_program_hangs(terminal: Terminal) -> None:
    """Keys are answered during a grading."""
    terminal.until(READY)
    terminal.save("import time\ntime.sleep(1000)\n")
    terminal.until("Checking custom_lift.py")
    terminal.press("q")
    assert terminal.process.wait(timeout=30) == 0


def test_a_notebook_is_not_replaced_by_the_stub(tmp_path: Path) -> None:
    """The stub is a program: put in a notebook's place it would be no notebook."""
    file, shown = tmp_path / "mine.ipynb", io.StringIO()
    file.write_text("{}")
    console = Console(file=shown, width=200)
    session = Session(file, EXERCISE.stub, console, lambda: None, lambda _: None, lambda: "")
    for key in "xy":
        session._handle("key", key)
    assert file.read_text() == "{}"
    assert "cannot take this one's place" in shown.getvalue()


def test_no_reset_loses_what_an_earlier_one_put_aside(tmp_path: Path) -> None:
    """Reset twice, by a slip even: both files are there, the older under the name it was given."""
    file, shown = tmp_path / "mine.py", io.StringIO()
    file.write_text("my work")
    console = Console(file=shown, width=200)
    session = Session(file, EXERCISE.stub, console, lambda: None, lambda _: None, lambda: "")
    for key in "xyxy":
        session._handle("key", key)
    assert (tmp_path / "mine.py.before-reset").read_text() == "my work"
    assert (tmp_path / "mine.py.before-reset2").read_bytes() == EXERCISE.stub.read_bytes()
    assert "kept in mine.py.before-reset2." in shown.getvalue()


@pytest.mark.parametrize("events", [True, False])
def test_new_content_is_noticed_with_and_without_events(
    tmp_path: Path, events: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system that sends no events, or no watchfiles at all, costs half a second only."""
    if not events:
        monkeypatch.setitem(sys.modules, "watchfiles", None)
    file, stop, calls = tmp_path / "f.py", threading.Event(), threading.Semaphore(0)
    file.write_text("1")
    thread = threading.Thread(target=changes.follow, args=(file, calls.release, stop))
    thread.start()
    try:
        time.sleep(0.5)
        (tmp_path / "new").write_text("1")  # the same content: nothing to grade
        (tmp_path / "new").replace(file)  # at once: half of a save is another content
        assert not calls.acquire(timeout=1.2)
        file.unlink()
        file.write_text("22")
        assert calls.acquire(timeout=20)
    finally:
        stop.set()
        thread.join(timeout=20)
    assert not thread.is_alive()


def test_without_fork_the_next_worker_waits_ready(key: Key) -> None:
    """On macOS and Windows a process is started beforehand; none is left at the end."""
    right = Submission.of("custom_lift.py", RIGHT.encode())
    place = cache.location()
    with Sandbox(
        timeout=60, cache=place, fork=False, warmup=EXERCISE.warmup, unsafe=True
    ) as sandbox:
        fresh = sandbox._fresh
        assert fresh is not None
        first = fresh._next
        assert first is not None
        assert grade(EXERCISE, right, key, sandbox).score == 100
        second = fresh._next
        assert second is not None
        assert second.pid != first.pid
        assert second.poll() is None
    assert (first.poll(), second.poll()) != (None, None)
    assert second.poll() is not None
