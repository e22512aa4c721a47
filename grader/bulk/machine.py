"""What the sidecar of a bulk run says of the machine and of what the run cost (trusted side)."""

import os
import platform
import sys


def describe() -> dict[str, str | int]:
    """Tell what would explain another run time; nothing that names the machine."""
    return {
        "system": platform.system(),
        "release": platform.release(),
        "architecture": platform.machine(),
        "processors": processors(),
        "python": platform.python_version(),
    }


def processors() -> int:
    """Count the processors that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def usage() -> dict[str, float]:
    """CPU seconds of this process, and of all that it started and that has ended; peak memory."""
    if sys.platform == "win32":
        return {}
    import resource

    ours, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "cpu_seconds": round(ours.ru_utime + ours.ru_stime, 3),
        "cpu_seconds_of_workers": round(theirs.ru_utime + theirs.ru_stime, 3),
        "peak_kib": ours.ru_maxrss,
    }
