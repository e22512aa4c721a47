"""Locks a forked worker before a line of student code runs (beside the student, Linux).

What can be done once is done in the process that is forked; the child then gives up, in this order:
memory and files to fill (rlimits), user and capabilities, being looked into, outliving its parent,
gaining anything back, files (Landlock), and calls of the kernel (seccomp). A layer that this
machine has and that fails to come into force ends the worker. Layers go by these names:

    process           a process, session and descriptors of its own
    rlimits           memory, address space, file size, open files
    own-pids          process numbers of its own, where namespaces may be had
    no-access-times   and mounts that do not note when a file is read (`namespaces`)
    uid               an unprivileged user, where the grader runs as root
    no-capabilities   nothing of root's powers left; `reads-as-root` where the one to read any file
                      is kept, because Python or the compile cache is out of the user's reach
                      (only where Landlock then says which files)
    no-new-privs      no way to gain any
    landlock-N        reads a list of files, writes none; N is the kernel's version of it
    bubblewrap        where there is no Landlock: the zygote's own namespaces, in which other files
                      and processes do not exist (grader.worker.walls.bubblewrap)
    private-key       where there is neither, and root drops to `uid`: that user cannot enter the
                      folders of the key and of the answers, which was tried
    seccomp           makes a list of calls, no others
"""

import os
import platform
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.worker.walls import bubblewrap, landlock, limits, own, readable, seccomp
from grader.worker.walls.libc import Libc

NOBODY = 65534
_SET_DUMPABLE, _SET_KEEPCAPS, _SET_NO_NEW_PRIVS = 4, 8, 38
_READ_ANY_FILE = 1 << 2  # CAP_DAC_READ_SEARCH


@dataclass(frozen=True)
class Unlocked:
    """For a process that fills the compile cache: it runs programs of ours, and has to write."""

    def apply(
        self, _parent: int, _spaces: Sequence[str] = (), _proc: int | None = None
    ) -> tuple[str, ...]:
        """Set the limits only."""
        return limits.apply()


class LockError(Exception):
    """A worker is not as it must be before it is locked."""


@dataclass(frozen=True)
class Lock:
    """What a zygote prepares for its workers. `apply` runs in the child, once."""

    libc: Libc
    uid: int | None  # the user to become, if any
    capabilities: int
    ruleset: int | None
    program: list[seccomp.Instruction] | None
    version: int = 0
    wrapped: bool = False

    def apply(
        self, parent: int, spaces: Sequence[str] = (), proc: int | None = None
    ) -> tuple[str, ...]:
        """Lock this child of `parent` for good; gives the layers in force, raises if one fails.

        `spaces` are those that it was born into: with numbers of its own its parent has none, and
        it ends with the process that waits beside it. `proc` leads to /proc where that is hidden,
        and is closed.
        """
        if own.count_threads(proc) != 1:
            raise LockError("A thread started before the lock would keep its rights.")
        layers = [*limits.apply(), *spaces]
        with suppress(OSError):  # a preference, not a wall: whom the kernel ends first
            own.write(proc, "self/oom_score_adj", "1000")
        if proc is not None:
            os.close(proc)
        layers += self._drop_rights()
        self.libc.prctl(_SET_DUMPABLE, 0)
        self.libc.end_with_parent()  # only now: a change of user clears it
        if os.getppid() != (0 if "own-pids" in spaces else parent):
            raise LockError("The zygote has ended.")
        self.libc.prctl(_SET_NO_NEW_PRIVS, 1)
        layers.append("no-new-privs")
        if self.ruleset is not None:
            landlock.enforce(self.libc, self.ruleset)
            layers.append(f"landlock-{self.version}")
        elif self.wrapped:
            layers.append("bubblewrap")
        elif self.uid is not None and not any(map(_can_enter, readable.secrets())):
            layers.append("private-key")
        if self.program is not None:
            seccomp.load(self.libc, self.program, os.getpid())
            layers.append("seccomp")
        return tuple(layers)

    def _drop_rights(self) -> list[str]:
        layers = []
        if self.uid is not None:
            self.libc.prctl(_SET_KEEPCAPS, 1)
            os.setgroups([])
            os.setresgid(self.uid, self.uid, self.uid)
            os.setresuid(self.uid, self.uid, self.uid)
            layers.append("uid")
        self.libc.capset(self.capabilities)
        layers.append("reads-as-root" if self.capabilities else "no-capabilities")
        return layers


def prepare() -> Lock | Unlocked:
    """Find out what this machine has, and build what can be built once. For the zygote."""
    if os.environ.get(limits.FILL_CACHE):
        return Unlocked()
    import resource  # noqa: F401  # or each child would import it anew

    libc, masked = Libc(), os.environ.get(limits.MASK, "").split()
    cache = Path(os.environ[limits.CACHE]) if os.environ.get(limits.CACHE) else None
    folders = readable.folders(sys.path)
    version = 0 if "landlock" in masked else landlock.version(libc)
    filters = "seccomp" not in masked and seccomp.is_available(libc)
    needed = [*folders, cache] if cache is not None and cache.is_dir() else folders
    hidden = not readable.by_anyone(needed)
    # Without Landlock, reading as root would be reading everything.
    drops = "uid" not in masked and _can_become_nobody() and (version > 0 or not hidden)
    return Lock(
        libc,
        NOBODY if drops else None,
        _READ_ANY_FILE & _permitted() if hidden and version else 0,
        landlock.build(libc, readable.entries(sys.path, cache), folders) if version else None,
        seccomp.compile_filter(platform.machine()) if filters else None,
        version,
        bubblewrap.INSIDE in os.environ,
    )


def _can_become_nobody() -> bool:
    """Tell whether this is root, of a user namespace that has more than one user."""
    maps = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
    mapped = any(int(first) <= NOBODY < int(first) + int(count) for first, _, count in maps)
    return os.geteuid() == 0 and mapped


def _can_enter(folder: Path) -> bool:
    return os.access(folder, os.R_OK) or os.access(folder, os.X_OK)


def _permitted() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("CapPrm:")[2].split()[0], 16)
