"""Starts a zygote and asks it for workers; starts another when it has died (trusted side)."""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader import wire
from grader.core.errors import GraderError
from grader.sandbox.handle import Worker
from grader.worker import forks

# Seconds for an answer: a zygote that is silent for longer is not well.
FIRST_PATIENCE = 120.0  # it imports JAX before it listens
PATIENCE = 30.0
GRACE = 2.0  # seconds to end by itself, when its socket is closed


class Zygote:
    """The process that is forked for each submission; requests to it are taken one at a time."""

    def __init__(
        self, around: list[str], environment: dict[str, str], folder: str, *warm: Path
    ) -> None:
        """Start it; `around` is put before its command (see `grader.worker.walls.bubblewrap`).

        `warm` is the script of `grader.worker.warm`, or nothing.
        """
        self._lock = threading.Lock()
        self._around, self._environment, self._folder = around, environment, folder
        self._warm = [str(path) for path in warm]
        self._generation = 0
        self._begin()

    def _begin(self) -> None:
        self._generation += 1
        self._control, theirs = socket.socketpair()
        self._control.settimeout(FIRST_PATIENCE)
        with theirs:
            self._start(theirs)

    def _start(self, control: socket.socket) -> None:
        command = [sys.executable, "-P", "-m", "grader.worker.zygote", str(control.fileno())]
        self._process = subprocess.Popen(
            self._around + command + self._warm,
            env=self._environment,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            pass_fds=[control.fileno()],
            start_new_session=True,  # Ctrl-C is for us: it ends when we do
        )

    def fork_warm(self, control: socket.socket) -> None:
        """Let it fork a zygote that keeps a backend warm and listens on the socket."""
        with self._lock:
            socket.send_fds(self._control, [b"W"], [control.fileno()])

    def fork(self, timeout: float) -> Worker:
        """Start a worker with so many seconds to live; raises GraderError or OSError."""
        with self._lock:
            try:
                return self._fork(timeout)
            except (GraderError, OSError):  # it has died, which costs only what it had forked
                self._end()
                self._begin()
                return self._fork(timeout)

    def _fork(self, timeout: float) -> Worker:
        ours, theirs = socket.socketpair()
        read_end, write_end = os.pipe()
        try:
            with theirs:
                socket.send_fds(self._control, [b"F"], [theirs.fileno(), write_end])
                pid, handle = self._receive_process()
        except (GraderError, OSError):
            ours.close()
            os.close(read_end)
            raise
        finally:
            os.close(write_end)
        channel = wire.Channel(ours.fileno(), ours.fileno())
        process = _Forked(self, self._generation, pid, handle, ours)
        return Worker(channel, os.fdopen(read_end, "rb"), timeout, process)

    def reap(self, generation: int, pid: int) -> tuple[int, int]:
        """Wait for a worker that this generation forked: exit code, peak RSS in KiB."""
        with self._lock:
            if generation != self._generation:
                raise GraderError("The zygote process ended while a worker of it ran.")
            try:
                self._control.sendall(b"R" + forks.PID.pack(pid))
                code, peak = forks.ENDING.unpack(self._receive(forks.ENDING.size))
            except OSError as error:
                self._stop()  # what it still might answer belongs to no later question
                raise GraderError(f"The zygote process has ended: {error}.") from None
        return code, peak

    def _receive_process(self) -> tuple[int, int | None]:
        data, handles, _, _ = socket.recv_fds(self._control, forks.PID.size, 1)
        if len(data) != forks.PID.size:
            raise GraderError("The zygote process has ended.")
        self._control.settimeout(PATIENCE)
        (pid,) = forks.PID.unpack(data)
        return pid, handles[0] if handles else None

    def _receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            chunk = self._control.recv(count - len(data))
            if not chunk:
                raise GraderError("The zygote process has ended.")
            data += chunk
        return data

    def close(self) -> None:
        """End it, and with it the workers that are left."""
        self._stop()  # first: who holds the lock may be waiting for it
        with self._lock:
            self._end()

    def _stop(self) -> None:
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)

    def _end(self) -> None:
        self._stop()
        try:  # it ends its workers first, and so knows what they took
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._control.close()


class WarmZygote(Zygote):
    """A fork of a zygote, which starts another in its place, and with which it ends."""

    def __init__(self, parent: Zygote) -> None:
        """Start it; what has to be loaded is loaded while the caller goes on."""
        self._parent = parent
        super().__init__([], {}, "")

    def _start(self, control: socket.socket) -> None:
        self._parent.fork_warm(control)

    def _end(self) -> None:
        self._stop()
        self._control.close()


@dataclass(frozen=True)
class _Forked:
    """A child of the zygote, which keeps its pid from being used again until it is reaped.

    `handle` is the kernel's for the process, whatever number it has here; None on old kernels.
    """

    zygote: "Zygote"
    generation: int
    pid: int
    handle: int | None
    channel: socket.socket

    def pid_here(self) -> int:
        if self.handle is None:
            return self.pid
        about = Path(f"/proc/self/fdinfo/{self.handle}").read_text()
        return int(about.partition("Pid:")[2].split()[0])

    def kill(self) -> None:
        with suppress(OSError):
            self.channel.shutdown(socket.SHUT_RDWR)
        with suppress(ProcessLookupError):
            if self.handle is None:
                os.kill(self.pid, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)

    def end(self) -> tuple[int, int]:
        self.kill()
        try:
            return self.zygote.reap(self.generation, self.pid)
        finally:
            self.channel.close()
            if self.handle is not None:
                os.close(self.handle)
