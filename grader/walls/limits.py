"""The limits on memory, files and processor time that a worker puts on itself (beside the student).

The numbers are the smallest that JAX works with, and room above them.
"""

import os
import sys

FILL_CACHE = "GRADER_FILL_CACHE"
CPU_SECONDS = "GRADER_CPU_SECONDS"
PROCESSORS = 2  # each has a thread in XLA, which maps 72 MiB: of many, there were no room
MASK = "GRADER_MASK"  # layers to leave out, for tests that show what a layer is there for
MiB = 2**20
DATA = 1024 * MiB
ADDRESS_SPACE = 4096 * MiB


def apply() -> tuple[str, ...]:
    """Limit this process for good; gives the names of what is in force.

    Only a process that fills the compile cache, which runs programs of ours, may write files.
    """
    if sys.platform == "win32":
        return ("process",)
    import resource

    if sys.platform == "linux":
        os.sched_setaffinity(0, some(os.sched_getaffinity(0), os.getpid()))

    for kind, soft in (
        (resource.RLIMIT_DATA, DATA),
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_STACK, 8 * MiB),
        (resource.RLIMIT_FSIZE, 1024 * MiB if os.environ.get(FILL_CACHE) else 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (soft, soft))
    if seconds := os.environ.get(CPU_SECONDS):  # soft is hard: the end is SIGKILL, not SIGXCPU
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    return ("process", "rlimits")


def some(processors: set[int], number: int) -> set[int]:
    """Choose a few of the processors: others for each number, as far as there are."""
    ordered = sorted(processors)
    return {ordered[(number + offset) % len(ordered)] for offset in range(PROCESSORS)}
