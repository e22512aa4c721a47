"""The process that is forked for each submission: jax and flax imported.

Knows no key and no case, starts no backend. Listens on one socket: `F` with two descriptors (the
worker's channel, the pipe for what it prints) forks a worker and answers its pid, with the kernel's
handle for it, since a pid means little outside of its namespace; `R` and a pid waits for it and
answers how it ended; `W` with another such socket forks a zygote that listens there and keeps a
backend warm (see `grader.worker.warm`).
"""

import gc
import os
import socket
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from grader.worker import imports
from grader.worker.forks import ENDING, PID
from grader.worker.walls import limits, namespaces, orphans
from grader.worker.walls.libc import Libc
from grader.worker.walls.lock import Lock, Unlocked, prepare
from grader.worker.walls.namespaces import Namespaces


def main(control: socket.socket, script: str = "") -> None:
    """Import what every worker needs, then serve until the other side closes."""
    libc = Libc()
    spaces = namespaces.enter(libc)  # while this is small
    # Everything is imported here, once; a fork costs milliseconds. Nothing may start a backend
    # unprepared: a fork after that deadlocks. What is imported stays: it is not looked through for
    # what could be freed, now or in any fork.
    gc.disable()
    imports.jax_and_flax()
    from grader.worker import serve, warm  # noqa: F401  # the first for the workers

    gc.freeze()
    gc.enable()
    sys.path[:] = [entry for entry in sys.path if "site-packages" in entry or "lib/python" in entry]
    zygote, walls = os.getpid(), prepare()

    def become_warm(control: int) -> None:
        everything = os.sched_getaffinity(0)
        os.sched_setaffinity(0, limits.share(everything, 0))  # so that XLA stays small
        is_warm = warm.prepare(script)
        os.sched_setaffinity(0, everything)
        work = partial(_become_worker, walls, spaces, os.getpid()) if is_warm else warm.decline
        _serve(socket.socket(fileno=control), spaces, work)

    starter = _Starter.begin(control, libc, become_warm) if script else None
    if starter is not None:
        spaces.private.append(starter.requests)
    _serve(control, spaces, partial(_become_worker, walls, spaces, zygote), starter)


@dataclass(frozen=True)
class _Starter:
    """A fork that forks warm zygotes: whoever forks workers forks nothing else (namespaces)."""

    pid: int
    requests: socket.socket

    @classmethod
    def begin(
        cls, control: socket.socket, libc: Libc, become_warm: Callable[[int], None]
    ) -> "_Starter":
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

        def follow(parent: int) -> bool:
            libc.end_with_parent()
            return os.getppid() == parent

        def become(parent: int, control: int) -> None:
            if follow(parent):
                become_warm(control)

        def serve(parent: int, requests: int) -> None:
            ours.close()
            orphans.adopt(libc)
            mine, here = socket.socket(fileno=requests), os.getpid()
            while follow(parent):
                _, given, _, _ = socket.recv_fds(mine, 1, 1)
                if not given:
                    return
                orphans.end(())  # the one before, which is not well
                _fork(mine, os.fork, partial(become, here), *given)

        return cls(_fork(control, os.fork, partial(serve, os.getpid()), theirs.detach()), ours)

    def start(self, control: int) -> None:
        """Have a warm zygote listen on a socket, in the place of the one before."""
        socket.send_fds(self.requests, [b"W"], [control])
        os.close(control)


def _serve(
    control: socket.socket,
    spaces: Namespaces,
    start: Callable[[int, int], None],
    starter: _Starter | None = None,
) -> None:
    orphans.adopt(spaces.libc)
    spaces.hide()
    with suppress(ConnectionError):  # the other side may go while it is being answered
        _answer(control, spaces, start, starter)
    orphans.end((), spaces.proc)  # here, so that what they took is counted as ours


def _answer(
    control: socket.socket,
    spaces: Namespaces,
    start: Callable[[int, int], None],
    starter: _Starter | None,
) -> None:
    workers: set[int] = set()
    others = {spaces.helper_pid, 0 if starter is None else starter.pid}
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 1 + PID.size, 2)
        if request[:1] == b"F" and len(descriptors) == 2:
            pid = _fork(control, spaces.fork, start, *descriptors)
            workers.add(pid)
            _tell(control, pid)
        elif request[:1] == b"R" and len(request) == 1 + PID.size:
            (pid,) = PID.unpack(request[1:])
            ending = _reap(pid)
            spaces.forget(pid)
            workers.discard(pid)
            orphans.end(workers | others, spaces.proc)
            control.sendall(ENDING.pack(*ending))
        elif request[:1] == b"W" and len(descriptors) == 1 and starter is not None:
            starter.start(*descriptors)
        else:
            return


def _fork(
    control: socket.socket,
    fork: Callable[[], int],
    start: Callable[..., None],
    *descriptors: int,
) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # JAX warns of what `warm` prepares
        pid = fork()
    if pid == 0:
        try:
            control.close()
            start(*descriptors)
        except BaseException as error:  # noqa: BLE001  # what cannot be locked must not run
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        finally:
            os._exit(70)
    for descriptor in descriptors:
        os.close(descriptor)
    return pid


def _tell(control: socket.socket, pid: int) -> None:
    handle = None
    with suppress(AttributeError, OSError):  # Linux before 5.3
        handle = os.pidfd_open(pid)
    socket.send_fds(control, [PID.pack(pid)], [] if handle is None else [handle])
    if handle is not None:
        os.close(handle)


def _become_worker(
    walls: Lock | Unlocked, spaces: Namespaces, parent: int, channel: int, output: int
) -> None:
    from grader import wire
    from grader.worker import serve as worker

    os.setsid()
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.close(null)
    os.close(output)
    worker.serve(wire.Channel(channel, channel), walls.apply(parent, spaces.layers(), spaces.proc))
    os._exit(0)


def _reap(pid: int) -> tuple[int, int]:
    try:
        _, status, usage = os.wait4(pid, 0)
    except ChildProcessError:
        return 0, 0
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), *sys.argv[2:])
