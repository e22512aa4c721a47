"""Namespaces of a worker's own: of process numbers, and mounts that note no access (Linux).

Which number a process gets tells how many there were before it, and when a file was last read is
written down in the file system: both outlive a submission and can be read by the next one. So each
worker is born into numbers of its own, which begin anew, /proc is hidden, and the zygote's view of
the file system notes no times of access. This needs root, or user namespaces; where neither is to
be had, nothing is changed, and the layers `own-pids` and `no-access-times` are not named.

The first process of a namespace is special: signals that it sends to itself are lost, and with it
all others end. So it is not the worker, but a small process that waits until the zygote closes its
end of a socket. A helper, forked before the zygote grows, makes one for each worker. There is no
way back from a namespace without root, so whoever has forked a worker forks nothing else.
"""

import errno
import os
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from grader.worker.walls import limits, orphans, own
from grader.worker.walls.libc import Libc

_NEW_MOUNTS, _NEW_USER, _NEW_PIDS = 0x20000, 0x10000000, 0x20000000
_PRIVATE, _RECURSIVE, _MOUNT_READ_ONLY = 1 << 18, 1 << 14, 1  # of mount
_READ_ONLY, _NO_ACCESS_TIMES, _ACCESS_TIMES = 0x1, 0x10, 0x70  # of mount_setattr
_HERE = -100
_WORKER = 2  # the number of a worker, after the process that waits
_LIVE = ("proc", "sysfs", "cgroup", "cgroup2", "devtmpfs", "devpts", "autofs")  # nothing is kept
_ADMINISTER = 1 << 21  # CAP_SYS_ADMIN


@dataclass
class Namespaces:
    """What a zygote has of its own; without a helper, workers have the numbers of all."""

    libc: Libc
    quiet: bool = False  # no times of access are noted
    helper: socket.socket | None = None
    helper_pid: int = 0
    proc: int | None = None  # where /proc is hidden, what leads to it
    private: list[socket.socket] = field(default_factory=list)  # besides, what no worker may hold
    _waiting: dict[int, socket.socket] = field(default_factory=dict)  # by worker
    _next: socket.socket | None = None  # made beforehand, so that nobody waits for it

    def fork(self) -> int:
        """Fork, into numbers of its own where they can be had; raises OSError."""
        pid = self._fork()
        if not pid:
            self.forget()
            for each in self.private:
                each.close()
        return pid

    def _fork(self) -> int:
        if self.helper is None:
            return os.fork()
        waiting = self._next or self._ask(self.helper)
        self._next = None
        _, handles, _, _ = socket.recv_fds(waiting, 1, 1)
        if not handles:
            raise OSError("The helper that makes namespaces has ended.")
        try:
            self.libc.setns(handles[0], _NEW_PIDS)
        except ProcessLookupError:  # somebody has ended what waited: the next call has another
            waiting.close()
            return self._fork()
        finally:
            os.close(handles[0])
        pid = os.fork()
        self._waiting[pid] = waiting
        if pid:
            self._next = self._ask(self.helper)
        return pid

    def _ask(self, helper: socket.socket) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(helper, [b"N"], [theirs.fileno()])
        return ours

    def forget(self, *pids: int) -> None:
        """End what waits beside these workers; of a fork that is no worker's parent, all."""
        for pid in pids or list(self._waiting):
            if (waiting := self._waiting.pop(pid, None)) is not None:
                waiting.close()
        if not pids and self._next is not None:
            self._next.close()
            self._next = None

    def hide(self) -> None:
        """Put /proc out of sight, which shows the numbers that processes have elsewhere."""
        if self.helper is not None:
            self.proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
            self.libc.unshare(_NEW_MOUNTS)  # of this process and its workers alone
            self.libc.mount(b"none", b"/proc", b"tmpfs", _MOUNT_READ_ONLY, None)

    def layers(self) -> list[str]:
        """The layers that are in force in a forked worker, as it finds them itself."""
        own = self.helper is not None and (os.getpid(), os.getppid()) == (_WORKER, 0)
        own = own and not Path("/proc/self").exists()
        return ["own-pids"] * own + ["no-access-times"] * self.quiet


def enter(libc: Libc) -> Namespaces:
    """Give this process what it may have. To be called while it is small and alone."""
    unwanted = "namespaces" in os.environ.get(limits.MASK, "").split()
    if unwanted or os.environ.get(limits.FILL_CACHE) or not hasattr(os, "pidfd_open"):
        return Namespaces(libc)
    if not _in_a_child(_enter, libc):
        return Namespaces(libc)
    _enter(libc)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        try:
            ours.close()
            _help(libc, theirs)
        finally:
            os._exit(0)
    theirs.close()
    return Namespaces(libc, True, ours, pid, private=[ours])


def _in_a_child(attempt: Callable[[Libc], None], libc: Libc) -> bool:
    """Tell whether an attempt, which could not be undone, succeeds."""
    pid = os.fork()
    if pid == 0:
        try:
            attempt(libc)
            libc.unshare(_NEW_PIDS)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def _enter(libc: Libc) -> None:
    user, group = os.geteuid(), os.getegid()
    if user != 0:
        if own.capabilities():
            raise PermissionError("It would lose what it may do.")
        libc.unshare(_NEW_USER)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    libc.unshare(_NEW_MOUNTS)
    libc.mount(b"none", b"/", None, _PRIVATE | _RECURSIVE, None)
    for line in Path("/proc/self/mounts").read_bytes().splitlines():
        _, place, kind, *_ = line.split()
        if kind.decode() not in _LIVE:
            _note_nothing(libc, place.decode("unicode_escape").encode("latin-1"))
    if user != 0:
        libc.capset(_ADMINISTER)


def _note_nothing(libc: Libc, place: bytes) -> None:
    """Let reading a mount leave no trace: without root it must be read-only for that."""
    ways = ((_NO_ACCESS_TIMES, _ACCESS_TIMES), (_READ_ONLY, 0))
    for last, way in enumerate(ways):
        try:
            libc.mount_setattr(_HERE, place, struct.pack("=4Q", *way, 0, 0))
            return
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.EINVAL, errno.ENOTDIR, errno.EACCES):
                return  # it lies under another mount, or out of reach
            if error.errno != errno.EPERM or last:
                raise


def _help(libc: Libc, control: socket.socket) -> None:
    """Make the first process of a namespace for each socket that comes, until none can come."""
    libc.end_with_parent()
    orphans.adopt(libc)
    while True:
        _, given, _, _ = socket.recv_fds(control, 1, 1)
        if not given:
            return
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass  # those that have waited long enough
        if (pid := os.fork()) == 0:
            control.close()
            libc.unshare(_NEW_PIDS)
            if os.fork() == 0:
                _wait(socket.socket(fileno=given[0]))
            os._exit(0)
        os.close(given[0])
        os.waitpid(pid, 0)


def _wait(zygote: socket.socket) -> None:
    """Hand out this process, and live until the other end is closed."""
    with suppress(OSError):
        socket.send_fds(zygote, [b"N"], [os.pidfd_open(os.getpid())])
        zygote.recv(1)
