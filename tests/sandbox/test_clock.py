"""Of a worker's limit only the time counts in which it could have run."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from grader.sandbox import clock

SECONDS = 0.2
# What the kernel says after so many seconds: waited for a processor, ran in all threads.
SCHEDULES = {
    "idle": (lambda _: (0.0, 0.0), 1.0),
    "never let run": (lambda passed: (passed, 0.0), clock.PATIENCE),
    "half of the time let run": (lambda passed: (passed / 2, passed / 2), 2.0),
    "waits for its own threads": (lambda passed: (passed, passed * clock.PROCESSORS), 1.0),
}


@pytest.mark.parametrize("kind", SCHEDULES)
def test_clock_rings(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It rings when the seconds are used up, and at a few times the limit in any case."""
    schedule, factor = SCHEDULES[kind]
    began = time.monotonic()
    rang: list[float] = []
    monkeypatch.setattr(clock, "_schedule", lambda _: schedule(time.monotonic() - began))
    watch = clock.Clock(SECONDS, 0, lambda: rang.append(time.monotonic() - began))
    while not rang and time.monotonic() < began + 30:
        time.sleep(0.01)
    watch.stop()
    assert len(rang) == 1
    assert rang[0] >= factor * SECONDS


def test_stopped_clock_is_silent() -> None:
    """A clock that is stopped in time never rings, and tells what was used."""
    rang = threading.Event()
    used = clock.Clock(0.1, 0, rang.set).stop()
    assert 0 <= used < 0.1
    assert not rang.wait(0.2)


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels do not tell")
def test_kernel_tells_how_long_a_process_ran() -> None:
    """A spinner's time is seen from outside, as running or as waiting."""
    if not Path("/proc/self/schedstat").exists():
        pytest.skip("this kernel keeps no such statistics")
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as spinner:
        deadline = time.monotonic() + 30
        while sum(clock._schedule(spinner.pid)) < 0.2 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert sum(clock._schedule(spinner.pid)) >= 0.2
        spinner.kill()
    assert clock._schedule(spinner.pid) == (0.0, 0.0)
