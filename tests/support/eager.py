"""A second opinion on warm workers: eager JAX in one cold worker that runs sample after sample.

A cold worker a sample costs ten times as much. What a sample leaves behind (a patched module, a
setting) is seen by the next one, so a difference counts only if a worker of its own confirms it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exercise import EXERCISE
from grader import wire
from grader.core.key import Key
from grader.core.submission import Submission
from grader.grading.grade import grade
from grader.grading.suite import Suite
from grader.sandbox.handle import Ending, Worker
from grader.sandbox.sandbox import Sandbox

LONG = 3600.0  # seconds: the worker lives as long as the tests do


class Watched(Sandbox):
    """A sandbox that counts the cold workers it was asked for."""

    cold_starts = 0

    def start(self, spent: float = 0.0) -> Worker:
        """Count, and start."""
        self.cold_starts += 1
        return super().start(spent)


@dataclass(frozen=True)
class _Lent:
    """The one worker as a run sees it: it says hello, and is not ended."""

    worker: Worker
    hello: wire.Hello

    def ask(self, command: wire.Frame | None, kind: Any) -> Any:
        return self.hello if command is None else self.worker.ask(command, kind)

    def listen(self) -> str:
        return self.worker.listen()

    def close(self) -> Ending:
        heard = self.listen()
        return Ending(0, 0, timed_out=False, peak_kib=0, printed="", unheard=heard, used=0.0)


class OneWorker(Sandbox):
    """A sandbox whose one cold worker runs sample after sample."""

    def __init__(self, cache: Path) -> None:
        """Without a warm zygote."""
        super().__init__(timeout=LONG, cache=cache)
        self._lent: _Lent | None = None

    def start(self, spent: float = 0.0) -> Any:
        """Lend the worker."""
        if self._lent is None:
            worker = super().start(spent)
            self._lent = _Lent(worker, worker.ask(None, wire.Hello))
        return self._lent

    def renew(self) -> None:
        """End the worker: the next sample gets another."""
        if self._lent is not None:
            self._lent.worker.close()
        self._lent = None


def confirms(one: OneWorker, submission: Submission, key: Key, suite: Suite, report: bytes) -> bool:
    """Tell whether eager JAX gives the same report: after other samples, or else by itself."""
    if grade(EXERCISE, submission, key, one, suite).to_json() == report:
        return True
    one.renew()
    return grade(EXERCISE, submission, key, one, suite).to_json() == report
