"""A step of a kit's set-up: what is done, how long it may take, how long it has taken."""

import sys
import time
from types import TracebackType
from typing import Self


class Step:
    """A line that is there at once, counts in a terminal, and ends with the seconds it took."""

    def __init__(self, name: str, usually: str) -> None:
        """Name it, and say how long it usually takes."""
        self._line = f"  {name}: {usually} ..."

    def __enter__(self) -> Self:
        """Begin."""
        self._began = time.monotonic()
        print(self._line, end="", file=sys.stderr, flush=True)
        return self

    def tick(self) -> None:
        """Show that it goes on."""
        if sys.stderr.isatty():
            print(f"\r{self._line} {self._seconds()}", end="", file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        """Tell how long it took, or that it did not work."""
        start = "\r" + self._line if sys.stderr.isatty() else ""
        ended = f" done in {self._seconds()}" if kind is None else " stopped"
        print(start + ended, file=sys.stderr, flush=True)

    def _seconds(self) -> str:
        return f"{time.monotonic() - self._began:.0f} s"
