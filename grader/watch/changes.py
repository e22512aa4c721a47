"""Tells that a file's content may have changed, whatever way it was saved.

watchfiles wakes us within milliseconds. Its events are not believed: the file itself is looked at,
on every event and every half second. So atomic saves, files that vanish for a moment, network and
other file systems without events, and a machine without watchfiles are all the same to us.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

LOOK = 0.5  # seconds between looks where no event comes
LARGEST = 2**24


def digest(path: Path) -> str | None:
    """What the file holds, in short; None while it is not there or not readable."""
    try:
        with path.open("rb") as file:
            return hashlib.sha256(file.read(LARGEST)).hexdigest()
    except OSError:
        return None


def follow(path: Path, changed: Callable[[], None], stop: threading.Event) -> None:
    """Call `changed` for every new content until `stop` is set; runs in a thread of its own."""
    seen, before = digest(path), _stamp(path)
    for looked_hard in _wakes(path.parent, stop):
        stamp = _stamp(path)
        if stamp == before and not looked_hard:
            continue
        before, now = stamp, digest(path)
        if now is not None and now != seen:  # None: a save is under way, or the file is gone
            seen = now
            changed()


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _wakes(folder: Path, stop: threading.Event) -> Iterator[bool]:
    """Wake at events of the folder (True) and in any case every half second (False)."""
    with suppress(ImportError, OSError, RuntimeError):  # no watchfiles, or no watches left
        from watchfiles import watch

        milliseconds = int(1000 * LOOK)
        for events in watch(
            folder,
            watch_filter=None,
            debounce=50,
            step=20,
            stop_event=stop,
            rust_timeout=milliseconds,
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=False,
        ):
            yield bool(events)
    while not stop.wait(LOOK):
        yield False
