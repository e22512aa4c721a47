"""A folder of a run's own in the temporary directory, and the ones that killed runs have left.

Its owner holds a lock on it, which the kernel lets go of when the owner ends, however it ends. So a
folder that can be locked is nobody's, and is removed at the next start; only if it is this user's,
and never through a link.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grader import SCRATCH


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder, and remove it at the end; first, those of runs that were killed."""
    sweep()
    while True:
        place = Path(tempfile.mkdtemp(prefix=SCRATCH))
        held = _hold(place, wait=True)
        if held is None or place.exists():  # or else it was swept before it was ours
            break
        os.close(held)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if held is not None:
            os.close(held)


def sweep() -> None:
    """Remove what killed runs of this user have left."""
    for place in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*"):
        if (held := _hold(place, wait=False)) is not None:
            shutil.rmtree(place, ignore_errors=True)
            os.close(held)


def _hold(place: Path, *, wait: bool) -> int | None:
    """Lock a folder of ours; None where it is somebody's, no folder, or cannot be locked here."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    try:
        handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    with suppress(OSError):
        state = os.fstat(handle)
        if stat.S_ISDIR(state.st_mode) and state.st_uid == os.geteuid():
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            return handle
    os.close(handle)
    return None
