"""Workers where there is no fork: each is a fresh process, without walls (trusted side)."""

import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from grader import wire
from grader.sandbox.handle import Worker


class FreshProcesses:
    """Starts them; with `ahead`, one is always started beforehand, and imports JAX meanwhile."""

    def __init__(self, environment: Mapping[str, str], folder: str, *, ahead: bool) -> None:
        """Take their environment and the folder that they start in."""
        self._environment, self._folder, self._ahead = dict(environment), folder, ahead
        self._lock = threading.Lock()
        self._next = self._process() if ahead else None

    def start(self, timeout: float) -> Worker:
        """Give a worker with so many seconds to live; raises OSError."""
        with self._lock:
            process, self._next = self._next or self._process(), None
            if self._ahead:
                self._next = self._process()
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        channel = wire.Channel(process.stdout.fileno(), process.stdin.fileno())
        return Worker(channel, process.stderr, timeout, _Fresh(process))

    def close(self) -> None:
        """End the one that nobody asked for."""
        if self._next is not None:
            _Fresh(self._next).end()
            if self._next.stderr is not None:
                self._next.stderr.close()

    def _process(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "grader.worker.serve"],
            env=self._environment,
            cwd=self._folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


@dataclass(frozen=True)
class _Fresh:
    process: subprocess.Popen[bytes]

    def pid_here(self) -> int:
        return self.process.pid

    def kill(self) -> None:
        self.process.kill()

    def end(self) -> tuple[int, int]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.kill()
        code = self.process.wait()
        with suppress(OSError):
            self.process.stdin.close()
        self.process.stdout.close()
        return code, 0
