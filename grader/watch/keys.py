"""Single keys from the terminal, without Enter: POSIX and Windows."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

WAIT = 0.2  # seconds between looks at whether to stop


@contextmanager
def listening(pressed: Callable[[str], None]) -> Iterator[bool]:
    """Call `pressed` for each key, from a thread; gives False where no keys can be read."""
    if not sys.stdin or not sys.stdin.isatty():
        yield False
        return
    stop = threading.Event()
    if sys.platform == "win32":
        thread = threading.Thread(target=_windows, args=(pressed, stop), daemon=True)
        thread.start()
        try:
            yield True
        finally:
            stop.set()
        return
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    thread = threading.Thread(target=_posix, args=(descriptor, pressed, stop), daemon=True)
    try:
        tty.setcbreak(descriptor)  # Ctrl-C still interrupts
        thread.start()
        yield True
    finally:
        stop.set()
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _posix(descriptor: int, pressed: Callable[[str], None], stop: threading.Event) -> None:
    import os
    import select

    while not stop.is_set():
        try:
            ready, _, _ = select.select([descriptor], [], [], WAIT)
            data = os.read(descriptor, 64) if ready else None
        except OSError:
            data = b""
        if data == b"":  # the terminal was closed
            pressed("q")
            return
        if data and not data.startswith(b"\x1b"):  # arrows and their like are no keys of ours
            for character in data.decode("utf-8", "ignore"):
                pressed(character)


def _windows(pressed: Callable[[str], None], stop: threading.Event) -> None:
    import importlib
    from typing import Any

    msvcrt: Any = importlib.import_module("msvcrt")
    while not stop.wait(WAIT / 4):
        while msvcrt.kbhit():
            character = msvcrt.getwch()
            if character in ("\x00", "\xe0"):  # a key of two parts, such as an arrow
                msvcrt.getwch()
            else:
                pressed(character)
