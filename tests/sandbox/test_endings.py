"""However a program resists, it ends in time, nothing of it is left, and its ending is named."""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise import EXERCISE
from grader import wire
from grader.core.errors import GraderError
from grader.core.key import Key
from grader.core.report import Report
from grader.core.submission import Submission
from grader.grading.grade import grade
from grader.sandbox import cache, clock, forkserver
from grader.sandbox.handle import Worker
from grader.sandbox.output import MAX_PRINTED
from grader.sandbox.sandbox import CAN_FORK, Sandbox
from grader.worker.walls import limits
from tests.support.attacker import ask, numbers

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="workers are locked on Linux only")
TIMEOUT = 8  # seconds
# For what does not end, and for one that has time for its calls, and not for a second run.
SHORT = {"timed-out": 0.8, "graded": 4}
HEAD = "import os, signal, sys\ndef custom_lift_forward(seed, x, n_copies, features):\n"


@pytest.fixture(scope="module")
def impatient() -> Iterator[Sandbox]:
    """A sandbox that gives up soon."""
    with Sandbox(timeout=TIMEOUT, cache=cache.location()) as opened:
        opened.isolation()
        yield opened


ENDINGS = {
    "deaf to signals": (
        "timed-out",
        "    for n in set(signal.valid_signals()) - {9, 19}: signal.signal(n, signal.SIG_IGN)\n"
        "    while True: pass\n",
    ),
    "stops itself": ("timed-out", "    os.kill(os.getpid(), signal.SIGSTOP)\n"),
    "sleeps in the kernel": ("timed-out", "    signal.sigwait([10])\n"),
    "floods the output": ("timed-out", "    while True: os.write(1, b'x' * 65536)\n"),
    "takes memory": ("out-of-memory", "    return [bytearray(1 << 24) for _ in range(1000)]\n"),
    "takes memory in JAX": (
        "out-of-memory",
        "    import jax.numpy as jnp\n    return [jnp.ones(1 << 26) for _ in range(1000)]\n",
    ),
    "kills itself": ("killed", "    os.kill(os.getpid(), signal.SIGKILL)\n"),
    "says that its time is over": ("killed", "    os.kill(os.getpid(), signal.SIGXCPU)\n"),
    "is slow and wrong": ("graded", "    import time; time.sleep(0.13); return x\n"),
    "aborts": ("killed", "    os.abort()\n"),
    "says that it took memory": ("killed", "    print('std::bad_alloc'); os._exit(1)\n"),
    "leaves as if all were well": ("killed", "    os._exit(0)\n"),
    "writes over memory": ("killed", "    import ctypes; ctypes.string_at(0)\n"),
    "hides memory from its limit": (
        "crashed",
        "    import mmap; return [mmap.mmap(-1, 1 << 30, flags=0x122) for _ in range(9)]\n",
    ),
    "raises": ("crashed", "    raise ValueError\n"),
}


IDLE = {"stops itself", "sleeps in the kernel"}


def graded(body: str, key: Key, sandbox: Sandbox) -> Report:
    """The report of a program with this body."""
    submission = Submission.of("custom_lift.py", (HEAD + body).encode())
    return grade(EXERCISE, submission, key, sandbox)


@pytest.mark.parametrize("how", ENDINGS)
def test_ending_is_named_and_in_time(how: str, key: Key, impatient: Sandbox) -> None:
    """A program ends at its limit and two seconds at most, with the status that is true.

    Those that run have more on a machine that does not let them.
    """
    status, body = ENDINGS[how]
    sandbox = copy(impatient)  # the same processes
    sandbox.timeout = SHORT.get(status, TIMEOUT)
    began = time.monotonic()
    report = graded(body, key, sandbox)
    patience = 1 if how in IDLE else clock.PATIENCE
    assert time.monotonic() - began < patience * sandbox.timeout + 2
    assert report.status == status, report.message
    assert report.score == 0 or status == "graded"
    assert len(report.to_json()) < MAX_PRINTED


def test_processor_time_has_a_limit() -> None:
    """A worker that nobody ends is ended by the kernel, and knows no way to ask for more."""
    with Sandbox(timeout=8, cache=cache.location()) as sandbox:
        source = (
            "import resource\ndef custom_lift_forward(seed, x, n_copies, features):\n"
            "    return float(resource.getrlimit(resource.RLIMIT_CPU)[1])\n"
        )
        _, (seconds,), _ = numbers(sandbox.start(), source)
    assert 8 <= seconds < 10_000


DAEMON = """
import os, time
def custom_lift_forward(seed, x, n_copies, features):
    try:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                while True:
                    os.kill(os.getppid(), 0)
                    with open({heartbeat!r}, "a") as file: pass
                    os.utime({heartbeat!r})
                    time.sleep(0.02)
            os._exit(0)
        while not os.path.exists({heartbeat!r}):
            time.sleep(0.02)
    except PermissionError:
        return 0
    return 1
"""


def beats(heartbeat: Path) -> bool:
    """Tell whether somebody still touches the file."""
    before = heartbeat.stat().st_mtime_ns
    time.sleep(0.3)
    return heartbeat.stat().st_mtime_ns != before


def test_no_daemon_is_born(impatient: Sandbox, tmp_path: Path) -> None:
    """Behind all walls a daemon cannot be started."""
    source = DAEMON.format(heartbeat=str(tmp_path / "heartbeat"))
    isolation, (started,), _ = numbers(impatient.start(), source)
    if "seccomp" not in isolation:
        pytest.skip("this machine has no seccomp")
    assert not started


def test_no_daemon_is_left(tmp_path: Path) -> None:
    """Without walls a daemon is born and beats; when its worker is closed it ends as well."""
    heartbeat = tmp_path / "heartbeat"
    mask = ("landlock", "bubblewrap", "seccomp", "uid")
    with Sandbox(timeout=20, cache=cache.location(), mask=mask) as sandbox:
        worker = sandbox.start()
        hello = worker.ask(None, wire.Hello)
        if os.geteuid() != 0 and "own-pids" in hello.isolation:
            pytest.skip("in namespaces of another user than root nothing can be written")
        reply = ask(worker, DAEMON.format(heartbeat=str(heartbeat)))
        assert isinstance(reply, wire.Returned)
        assert beats(heartbeat)
        worker.close()
        assert not beats(heartbeat)


def is_running(pid: int) -> bool:
    """Tell whether a process is there and not only waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_workers_end_with_their_zygote() -> None:
    """If the zygote is killed, no worker is left, and asking how one ended is our failure."""
    with Sandbox(timeout=30, cache=cache.location()) as sandbox:
        worker = sandbox.start()
        worker.ask(None, wire.Hello)
        process: Any = worker._process  # to look for it, and whom it was forked from
        assert is_running(process.pid)
        process.zygote._process.kill()
        deadline = time.monotonic() + 5
        while is_running(process.pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not is_running(process.pid)
        with pytest.raises(GraderError):
            worker.close()


def test_stopped_zygote_is_replaced(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zygote that does not answer is given up on, and the next submission is graded."""
    monkeypatch.setattr(forkserver, "PATIENCE", 1.0)
    monkeypatch.setattr(forkserver, "GRACE", 0.1)
    with Sandbox(timeout=30, cache=cache.location()) as sandbox:
        worker = sandbox.start()
        worker.ask(None, wire.Hello)
        process: Any = worker._process
        process.zygote._process.send_signal(signal.SIGSTOP)
        with pytest.raises(GraderError):
            worker.close()
        assert graded("    return x\n", key, sandbox).status == "graded"
        process.zygote._process.send_signal(signal.SIGSTOP)
        assert graded("    return x\n", key, sandbox).status == "graded"


def test_zygote_that_dies_at_once_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before a first worker says hello, it is no wall that is missing."""
    with Sandbox(timeout=30, cache=cache.location()) as sandbox:
        asked, killed = Worker.ask, list[Any]()

        def ask(worker: Worker, *what: Any) -> Any:
            if not killed:
                killed.append(worker._process)
                killed[0].zygote._process.kill()
            return asked(worker, *what)

        monkeypatch.setattr(Worker, "ask", ask)
        assert sandbox.isolation()
    assert len(killed) == 1


def test_sandbox_without_a_folder_is_our_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be made in the temporary directory, that is said, and nothing is left."""
    before = psutil.Process().children()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(GraderError, match="No such file"), Sandbox(timeout=30):
        pytest.fail("It was opened.")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(GraderError, match="No such file"), Sandbox(timeout=30):
        pytest.fail("It was opened.")
    assert list(tmp_path.iterdir()) == []
    assert psutil.Process().children() == before


def test_worker_that_cannot_start_in_time_is_our_failure(key: Key) -> None:
    """Before a worker has said hello no student's code ran: the score is withheld, not lowered."""
    with Sandbox(timeout=0.01, cache=cache.location()) as sandbox:
        report = graded("    return x\n", key, sandbox)
    assert report.status == "grader-error"
    assert report.score is None


@given(st.sets(st.integers(0, 200), min_size=1), st.integers(0, 2**22))
def test_processors_of_a_worker_are_few(processors: set[int], number: int) -> None:
    """Each worker has at most two of the processors, and neighbours have others."""
    chosen = limits.share(processors, number)
    assert chosen <= processors
    assert len(chosen) == min(len(processors), limits.PROCESSORS)
    if len(processors) > 2:
        assert chosen != limits.share(processors, number + 1)
