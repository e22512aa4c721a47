"""A worker as its master sees it: it is asked, has a time limit, and ends (trusted side)."""

import threading
from dataclasses import dataclass
from typing import IO, Protocol, TypeVar

from grader import wire
from grader.core.errors import WorkerEndedError
from grader.sandbox.clock import Clock
from grader.sandbox.output import Output

_T = TypeVar("_T")


@dataclass(frozen=True)
class Ending:
    """How a worker's process ended: `signal` 0 when it left by itself; peak memory in KiB.

    `unheard` is what it printed after it was last listened to; `used`, the seconds of its time
    limit that it used.
    """

    exit_code: int
    signal: int
    timed_out: bool
    peak_kib: int
    printed: str
    unheard: str
    used: float


class Worker:
    """One process that runs one submission; ask it, then close it. SIGKILL ends everything."""

    def __init__(
        self, channel: wire.Channel, output: IO[bytes], timeout: float, process: "Process"
    ) -> None:
        """Start the clock: after `timeout` seconds (`grader.sandbox.clock`) it is killed."""
        self._channel, self._process = channel, process
        self._timed_out = threading.Event()
        self._clock = Clock(timeout, process.pid_here(), self._expire)
        self._output = Output(output)
        self._heard = 0

    def ask(self, command: wire.Frame | None, kind: type[_T]) -> _T:
        """Send a command, if any, and give the reply; raises WorkerEndedError when none comes."""
        try:
            if command is not None:
                self._channel.send(command)
            return self._channel.receive(kind)
        except (OSError, wire.FrameError) as error:
            raise WorkerEndedError(str(error)) from None

    def listen(self) -> str:
        """What it has printed since it was last listened to, and nothing that it prints later."""
        printed = self._output.so_far()
        heard, self._heard = self._heard, len(printed)
        return _text(printed[heard:])

    def close(self) -> Ending:
        """Kill what is left of the worker and tell how it ended."""
        used = self._clock.stop()  # first: later, what it kills could be another's
        code, peak = self._process.end()
        printed = self._output.all()
        killed_by = -code if code < 0 else 0
        texts = _text(printed), _text(printed[self._heard :])
        return Ending(max(code, 0), killed_by, self._timed_out.is_set(), peak, *texts, used)

    def _expire(self) -> None:
        self._timed_out.set()
        self._process.kill()


def _text(printed: bytes) -> str:
    return printed.decode("utf-8", "replace")


class Process(Protocol):
    """How a worker's process is found, killed and waited for."""

    def pid_here(self) -> int:
        """Its number where we are, which may be another where it is."""

    def kill(self) -> None:
        """End it now, whatever it does; may be called from another thread, and twice."""

    def end(self) -> tuple[int, int]:
        """Kill, wait; give the exit code (negative: the signal) and the peak RSS in KiB."""
