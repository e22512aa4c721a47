"""A worker's time limit: the time that passes, less what it waited for a processor (trusted side).

On a busy machine an honest program may wait longer than it runs, and that must not cost points. A
program that waits for itself, with more threads than processors, gains little: what all of its
threads run is counted too. Where the kernel does not tell, all time that passes counts.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from grader.worker.walls.limits import PROCESSORS

PATIENCE = 3.0  # times the limit, at the most


class Clock:
    """Rings once when a process has used up its seconds, unless it is stopped before."""

    def __init__(self, seconds: float, pid: int, ring: Callable[[], None]) -> None:
        """Start it, for a process that is there until the clock is stopped."""
        self._seconds, self._pid, self._ring = seconds, pid, ring
        self._started = time.monotonic()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """Stop it; gives the seconds that the process has used."""
        used = self._used()
        self._stopped.set()
        self._thread.join()  # it may be ringing
        return used

    def _run(self) -> None:
        while not self._stopped.wait(max(0.0, self._left())):
            if self._left() <= 0:
                self._ring()
                return

    def _left(self) -> float:
        passed = time.monotonic() - self._started
        return min(self._seconds - self._used(), PATIENCE * self._seconds - passed)

    def _used(self) -> float:
        passed = time.monotonic() - self._started
        waited, ran = _schedule(self._pid)
        return max(passed - waited, min(passed, ran / PROCESSORS))


def _schedule(pid: int) -> tuple[float, float]:
    """How long a process's first thread waited for a processor, and how long all of them ran."""
    if sys.platform == "linux":
        with suppress(OSError, ValueError, IndexError):
            waited = int(Path(f"/proc/{pid}/schedstat").read_text().split()[1])
            numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return waited / 1e9, (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0, 0.0
