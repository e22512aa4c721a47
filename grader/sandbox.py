"""The processes, and who holds what (trusted side).

    TRUSTED (this process)                 ZYGOTE (Linux)                WORKER, one a submission
    key, cases, reports                    jax and flax imported         the student's code
    never runs student code    --fork-->   no key, no case, no      -->  one case's inputs at a time
    never unpickles            <--pid---   answer; a nearly empty        locked before it reads the
    the user's rights                      environment                   file: grader.walls.lock
         |                                                                    |
         +---- frames (grader.wire) over a socketpair: commands, replies -----+
         +---- a pipe, drained and bounded: what the submission prints -------+

There are two zygotes. A cold one has not started JAX's backend: its workers can do all that JAX
can. A warm one (grader.warm) holds loaded programs: its workers are several times cheaper, and one
that needs a program which is not there ends, and a cold worker starts over (grader.run).

A zygote is an exec of its own with a nearly empty environment, so that a fork of it holds nothing
of ours. It adopts and ends what a worker leaves behind; when it ends, its workers do. Where there
is no fork, each worker is a fresh process with the same channel over pipes, and without walls.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self, TypeVar

from grader import wire, zygote
from grader.errors import GraderError, WorkerEndedError
from grader.walls import limits

MAX_PRINTED = 64 * 1024
WARM_SHARE = 0.25  # of the time limit: a warm run takes a fraction of a second
CAN_FORK = sys.platform == "linux"
REQUIRED = ("landlock", "seccomp")  # without these, a submission reaches files or processes
_T = TypeVar("_T")


@dataclass(frozen=True)
class Ending:
    """How a worker's process ended: `signal` 0 when it left by itself; peak memory in KiB."""

    exit_code: int
    signal: int
    timed_out: bool
    peak_kib: int
    printed: str


class Worker:
    """One process that runs one submission; ask it, then close it. SIGKILL ends everything."""

    def __init__(
        self, channel: wire.Channel, output: IO[bytes], timeout: float, process: "_Process"
    ) -> None:
        """Start the clock: after `timeout` seconds of wall time the process is killed."""
        self._channel, self._process = channel, process
        self._timed_out = threading.Event()
        self._timer = threading.Timer(timeout, self._expire)
        self._timer.daemon = True
        self._timer.start()
        self._printed = bytearray()
        self._output = output
        self._drain = threading.Thread(target=self._read_output, daemon=True)
        self._drain.start()

    def ask(self, command: wire.Frame | None, kind: type[_T]) -> _T:
        """Send a command, if any, and give the reply; raises WorkerEndedError when none comes."""
        try:
            if command is not None:
                self._channel.send(command)
            return self._channel.receive(kind)
        except (OSError, wire.FrameError) as error:
            raise WorkerEndedError(str(error)) from None

    def close(self) -> Ending:
        """Kill what is left of the worker and tell how it ended."""
        self._timer.cancel()
        code, peak = self._process.end()
        self._drain.join(timeout=1)
        printed = bytes(self._printed).decode("utf-8", "replace")
        killed_by = -code if code < 0 else 0
        return Ending(max(code, 0), killed_by, self._timed_out.is_set(), peak, printed)

    def _expire(self) -> None:
        self._timed_out.set()
        self._process.kill()

    def _read_output(self) -> None:
        with self._output as output, suppress(OSError, ValueError):
            while chunk := output.read1(2**16):  # type: ignore[attr-defined]  # BufferedReader
                self._printed += chunk[: max(0, MAX_PRINTED - len(self._printed))]


class _Process(Protocol):
    """How a worker's process is killed and waited for."""

    def kill(self) -> None:
        """End it now, whatever it does; may be called from another thread, and twice."""

    def end(self) -> tuple[int, int]:
        """Kill, wait; give the exit code (negative: the signal) and the peak RSS in KiB."""


@dataclass(frozen=True)
class _Forked:
    """A child of the zygote, which keeps its pid from being used again until it is reaped."""

    zygote: "_Zygote"
    parent: int
    pid: int
    channel: socket.socket

    def kill(self) -> None:
        with suppress(OSError):
            self.channel.shutdown(socket.SHUT_RDWR)
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def end(self) -> tuple[int, int]:
        self.kill()
        try:
            return self.zygote.reap(self.parent, self.pid)
        finally:
            self.channel.close()


@dataclass(frozen=True)
class _Spawned:
    """A process of its own, where there is no fork."""

    process: subprocess.Popen[bytes]

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


class _Zygote:
    """The process that is forked for each submission; requests to it are taken one at a time."""

    def __init__(self, environment: dict[str, str], folder: str, *warm: Path) -> None:
        self._lock = threading.Lock()
        self._environment, self._folder = environment, folder
        self._warm = [str(path) for path in warm]
        self._begin()

    def _begin(self) -> None:
        self._control, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "grader.zygote", str(theirs.fileno())]
        command += self._warm
        with theirs:
            self._process = subprocess.Popen(
                command,
                env=self._environment,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for us: it ends when we do
            )

    def fork(self, timeout: float) -> Worker:
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
                (pid,) = zygote.PID.unpack(self._receive(zygote.PID.size))
        except (GraderError, OSError):
            ours.close()
            os.close(read_end)
            raise
        finally:
            os.close(write_end)
        channel = wire.Channel(ours.fileno(), ours.fileno())
        process = _Forked(self, self._process.pid, pid, ours)
        return Worker(channel, os.fdopen(read_end, "rb"), timeout, process)

    def reap(self, parent: int, pid: int) -> tuple[int, int]:
        with self._lock:
            if parent != self._process.pid:
                raise GraderError("The zygote process ended while a worker of it ran.")
            try:
                self._control.sendall(b"R" + zygote.PID.pack(pid))
                code, peak = zygote.ENDING.unpack(self._receive(zygote.ENDING.size))
            except OSError as error:
                raise GraderError(f"The zygote process has ended: {error}.") from None
        return code, peak

    def _receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            chunk = self._control.recv(count - len(data))
            if not chunk:
                raise GraderError("The zygote process has ended.")
            data += chunk
        return data

    def close(self) -> None:
        self._process.kill()  # first: who holds the lock may be waiting for it
        with self._lock:
            self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._control.close()


class Sandbox:
    """Starts workers: forks of a warm zygote where there is fork, fresh processes elsewhere."""

    def __init__(
        self,
        *,
        timeout: float = 30.0,
        cache: Path | None = None,
        fork: bool = CAN_FORK,
        fill_cache: bool = False,
        warmup: Path | None = None,
        mask: Sequence[str] = (),
    ) -> None:
        """Give each worker `timeout` seconds; `cache` is JAX's compilation cache, only read.

        `fill_cache` lets workers write to it: for programs of ours only, since whoever can write
        it runs code in every later worker. `warmup` is a neutral script: with it, and where there
        is something in the cache, a second zygote keeps a backend warm, for many submissions.
        `mask` leaves layers of `grader.walls.lock` out: for tests.
        """
        self.timeout = timeout
        self._cache, self._warmup = cache, warmup
        self._environment = environment(cache, fill_cache)
        if mask:
            self._environment[limits.MASK] = " ".join(mask)
        self._fork = fork

    def __enter__(self) -> Self:
        """Start the zygote; it imports while the caller goes on."""
        self._folder = tempfile.TemporaryDirectory(prefix="grader-")
        self._zygote = _Zygote(self._environment, self._folder.name) if self._fork else None
        self._warm = None
        if self._fork and self._warmup and self._cache and self._cache.is_dir():
            self._warm = _Zygote(self._environment, self._folder.name, self._cache, self._warmup)
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """End the zygote and leave nothing behind."""
        for process in (self._zygote, self._warm):
            if process is not None:
                process.close()
        self._folder.cleanup()

    def start(self, spent: float = 0.0) -> Worker:
        """Start a worker, which first says hello; raises GraderError when it cannot be started.

        `spent` seconds of the time limit were spent before.
        """
        try:
            if self._zygote is not None:
                return self._zygote.fork(self.timeout - spent)
            return self._spawn(self.timeout - spent)
        except OSError as error:
            raise GraderError(f"No worker could be started: {error}.") from None

    def isolation(self) -> tuple[str, ...]:
        """Start a worker to hear which layers are in force around it."""
        worker = self.start()
        try:
            return worker.ask(None, wire.Hello).isolation
        except WorkerEndedError:
            return ()
        finally:
            worker.close()

    def start_warm(self) -> Worker | None:
        """Start a worker that may end as not warm, and soon; None where there is none."""
        if self._warm is None:
            return None
        try:
            return self._warm.fork(WARM_SHARE * self.timeout)
        except (GraderError, OSError):
            return None

    def _spawn(self, timeout: float) -> Worker:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "grader.worker"],
            env=self._environment,
            cwd=self._folder.name,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        channel = wire.Channel(process.stdout.fileno(), process.stdin.fileno())
        return Worker(channel, process.stderr, timeout, _Spawned(process))


def missing(isolation: Sequence[str]) -> tuple[str, ...]:
    """The layers that hostile programs call for and that are not in force."""
    present = {layer.split("-")[0] for layer in isolation}
    return tuple(layer for layer in REQUIRED if layer not in present)


def environment(cache: Path | None, fill_cache: bool) -> dict[str, str]:
    """Give a worker's whole environment: nothing of ours but what JAX needs."""
    kept = {k: os.environ[k] for k in ("SYSTEMROOT", "PATHEXT") if k in os.environ}
    settings = {
        "JAX_PLATFORMS": "cpu",
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # Compilation is the cost: both make XLA's compiler cheaper, and answers stay close.
        "JAX_DISABLE_MOST_OPTIMIZATIONS": "1",
        # In order and without threads, which a warm worker does not have.
        "XLA_FLAGS": "--xla_cpu_use_fusion_emitters=false"
        " --xla_cpu_enable_concurrency_optimized_scheduler=false"
        " --xla_cpu_parallel_codegen_split_count=1",
    }
    if cache is not None:
        settings |= {
            limits.FILL_CACHE: "1" if fill_cache else "",
            "JAX_COMPILATION_CACHE_DIR": str(cache),
            "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0" if fill_cache else "1e9",
            "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
            "JAX_PERSISTENT_CACHE_ENABLE_XLA_CACHES": "none",
        }
    return kept | settings
