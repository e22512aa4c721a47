"""One run at a time writes to a folder: a lock that ends with its process (trusted side)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grader.core.errors import UsageError


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold a folder's `.lock`; raises UsageError when another run has it."""
    path = folder / ".lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _take(descriptor)
        except (BlockingIOError, PermissionError):
            holder = path.read_text("utf-8", "replace").strip() or "unknown"
            raise UsageError(
                f"Another bulk run (process {holder}) is writing to {folder}: wait for it to "
                "end, or name another folder with --out."
            ) from None
        with suppress(OSError):  # the number is for the message alone
            os.ftruncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())
        yield
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> None:
    """Lock a file until it is closed or its process ends, however it ends."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
