"""A watch session: grade at the start and on every save, answer keys, end when asked.

Everything that happens comes through one queue: a save, a key, a finished grading. Grading has a
thread of its own, so that keys are answered while a program hangs.
"""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from rich.console import Console
from rich.text import Text

from grader.core.report import Report
from grader.grading.grade import Grading
from grader.watch import changes, keys

Grade = Callable[[], Grading | None]
HELP = "h hint   r run again   x back to the stub   q quit"
BACKUP = ".before-reset"


class Session:
    """One file, graded again and again."""

    def __init__(
        self,
        path: Path,
        stub: Path,
        console: Console,
        grade: Grade,
        show: Callable[[Grading], None],
        hint: Callable[[], Text | str],
    ) -> None:
        """`grade` gives a grading, or None where there is no file; `show` prints it."""
        self._path, self._stub, self._console = path, stub, console
        self._grade, self._show, self._hint = grade, show, hint
        self._events: SimpleQueue[tuple[str, object]] = SimpleQueue()
        self._grading = self._again = self._asking = self._keys = False
        self._score: int | None = None

    def run(self) -> None:
        """Go on until q, Ctrl-C, or until the terminal is closed."""
        stop = threading.Event()
        watcher = threading.Thread(
            target=changes.follow,
            args=(self._path, lambda: self._events.put(("saved", None)), stop),
            daemon=True,
        )
        watcher.start()
        try:
            with keys.listening(lambda key: self._events.put(("key", key))) as self._keys:
                self._start()
                while self._handle(*self._events.get()):
                    pass
        except KeyboardInterrupt:
            pass
        finally:
            stop.set()
        self._say("Stopped watching.")

    def _handle(self, kind: str, value: object) -> bool:
        if kind == "saved":
            self._start()
        elif kind == "graded":
            self._finished(value)
        elif self._asking:
            self._asking = False
            self._reset(str(value))
        elif value in ("q", "\x03", "\x04"):
            return False
        elif value == "r":
            self._start()
        elif value == "h":
            self._console.print()
            self._console.print(self._hint())
            self._foot()
        elif value == "x":
            self._ask()
        return True

    def _start(self) -> None:
        """Grade now, or once more when the grading under way is done."""
        if self._grading:
            self._again = True
            return
        self._grading = True
        self._console.rule(style="")
        self._say(f"Checking {self._path.name} ...")
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        try:
            self._events.put(("graded", self._grade()))
        except Exception as error:  # noqa: BLE001  # the session outlives any mistake of ours
            self._events.put(("graded", f"The grader failed: {type(error).__name__}: {error}"))

    def _finished(self, result: object) -> None:
        self._grading = False
        if isinstance(result, Grading):
            self._show(result)
            self._compare(result.report)
        else:
            self._say(str(result or f"{self._path.name} is not there; waiting for it."))
        self._foot()
        if self._again:
            self._again = False
            self._start()

    def _compare(self, report: Report) -> None:
        """Say what the last change earned."""
        before, self._score = self._score, report.score
        if before is not None and report.score is not None and before != report.score:
            self._say(f"{report.score - before:+} points since the last check.")

    def _ask(self) -> None:
        if self._stub.suffix != self._path.suffix:
            self._say(f"The stub is a {self._stub.suffix} file: it cannot take this one's place.")
            return
        if self._stub.exists() and self._path.exists() and self._stub.samefile(self._path):
            self._say("This file is the stub itself: there is no untouched copy to put back.")
            return
        self._asking = True
        self._say(f"Put the stub back? What you have is kept in {self._backup().name}. y or n: ")

    def _reset(self, answer: str) -> None:
        if answer.lower() != "y":
            self._say("Nothing was changed.")
            return
        try:
            if self._path.exists():
                shutil.copyfile(self._path, self._backup())
            fresh = self._path.with_name(self._path.name + ".new")
            fresh.write_bytes(self._stub.read_bytes())
            fresh.replace(self._path)
        except OSError as error:
            self._say(f"The stub could not be put back: {error.strerror}.")
            return
        self._say("The stub is back.")

    def _backup(self) -> Path:
        """A name that is free: what an earlier reset put aside stays."""
        names = (f"{self._path.name}{BACKUP}{n}" for n in ("", *map(str, range(2, 10**6))))
        return next(p for p in map(self._path.with_name, names) if not p.exists())

    def _foot(self) -> None:
        if self._grading or self._again:
            return
        self._say(f"\nWatching {self._path.name}.   {HELP if self._keys else 'Ctrl-C ends.'}")

    def _say(self, text: str) -> None:
        self._console.print(Text(text))
