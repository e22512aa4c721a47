"""Ends what a worker leaves behind, where it could start processes (the zygote's side, Linux).

Behind seccomp nothing can be born. Without it, killing a process group is not enough: a daemon has
a session of its own. So the zygote takes in whatever loses its parent, and ends it.
"""

import os
import signal
import time
from collections.abc import Collection
from contextlib import suppress

from grader.worker.walls import own
from grader.worker.walls.libc import Libc

_SET_CHILD_SUBREAPER = 36
PATIENCE = 200  # milliseconds for what was killed to be gone, before its children are looked for
ROUNDS = 1000  # each ends a generation; a program that forks faster than that is given up on


def adopt(libc: Libc) -> None:
    """From now on, descendants that lose their parent become children of this process."""
    libc.prctl(_SET_CHILD_SUBREAPER, 1)


def end(keep: Collection[int], proc: int | None = None) -> int:
    """Kill and reap all children but those to keep, and theirs in turn; gives how many.

    The first process of a namespace ends only after the others in it were reaped. Where one of
    those is kept, it is left for the next time.
    """
    ended = 0
    for _ in range(ROUNDS):
        found = own.children(proc) - set(keep)
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        left = set(found)
        for _ in range(PATIENCE):
            if not (left := {pid for pid in left if not _is_reaped(pid)}):
                break
            time.sleep(0.001)
        ended += len(found) - len(left)
        if not found or (left and keep):
            break
    return ended


def _is_reaped(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True
