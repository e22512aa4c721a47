"""The limits on memory, files and processor time that a worker puts on itself (beside the student).

The numbers are the smallest that JAX works with, and room above them.
"""

import os
import sys
from collections.abc import Callable

CACHE = "JAX_COMPILATION_CACHE_DIR"
FILL_CACHE = "GRADER_FILL_CACHE"
CPU_SECONDS = "GRADER_CPU_SECONDS"
PROCESSORS = 2  # each has a thread in XLA, which maps 72 MiB: there is no room for many
MASK = "GRADER_MASK"  # layers to leave out, for tests that show what a layer is there for
MiB = 2**20
DATA = 1024 * MiB
ADDRESS_SPACE = 4096 * MiB


def apply() -> tuple[str, ...]:
    """Limit this process for good; gives the names of what is in force.

    Only a process that fills the compile cache, which runs programs of ours, may write files.
    """
    try:
        import resource
    except ImportError:  # Windows
        return ("process",)
    required = sys.platform == "linux"
    if required:
        # By chance: what depends on how many there were before would tell it to the next.
        os.sched_setaffinity(0, share(os.sched_getaffinity(0), int.from_bytes(os.urandom(2))))
    in_force = True
    for kind, soft in (
        (resource.RLIMIT_DATA, DATA),
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_STACK, 8 * MiB),
        (resource.RLIMIT_FSIZE, 1024 * MiB if os.environ.get(FILL_CACHE) else 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        in_force &= _limit(resource.setrlimit, kind, soft, required)
    if seconds := os.environ.get(CPU_SECONDS):  # soft is hard: the end is SIGKILL, not SIGXCPU
        in_force &= _limit(resource.setrlimit, resource.RLIMIT_CPU, int(seconds), required)
    return ("process", "rlimits") if in_force else ("process",)


def _limit(
    setrlimit: Callable[[int, tuple[int, int]], None], kind: int, limit: int, required: bool
) -> bool:
    """Set a limit; where it is not required, tell whether it could be set (macOS refuses some)."""
    try:
        setrlimit(kind, (limit, limit))
    except (OSError, ValueError):
        if required:
            raise
        return False
    return True


def share(processors: set[int], number: int) -> set[int]:
    """Choose a few of the processors: others for each number, as far as there are."""
    ordered = sorted(processors)
    return {ordered[(number + offset) % len(ordered)] for offset in range(PROCESSORS)}
