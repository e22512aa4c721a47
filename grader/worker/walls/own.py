"""What a process asks of /proc about itself, hidden or not (beside the student, Linux)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def _open(proc: int | None, name: str, flags: int) -> int:
    """Open a file of /proc by its name there; `proc` leads to it where it is hidden."""
    return os.open(name if proc is not None else f"/proc/{name}", flags, dir_fd=proc)


@contextmanager
def _threads(proc: int | None) -> Iterator[list[str]]:
    folder = _open(proc, "self/task", os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield os.listdir(folder)  # noqa: PTH208  # by its descriptor
    finally:
        os.close(folder)


def count_threads(proc: int | None) -> int:
    """How many threads this process has."""
    with _threads(proc) as threads:
        return len(threads)


def write(proc: int | None, name: str, text: str) -> None:
    """Write to a file of /proc; raises OSError."""
    with os.fdopen(_open(proc, name, os.O_WRONLY), "w") as file:
        file.write(text)


def children(proc: int | None) -> set[int]:
    """The numbers of the processes whose parent this is."""
    found: set[int] = set()
    with _threads(proc) as threads:
        for thread in threads:
            with suppress(OSError):  # the thread may have ended
                handle = _open(proc, f"self/task/{thread}/children", os.O_RDONLY)
                with os.fdopen(handle) as file:
                    found |= {int(word) for word in file.read().split()}
    return found


def capabilities() -> int:
    """The bits of what the process may do; none of them is root's for a user."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("CapPrm:")[2].split()[0], 16)
