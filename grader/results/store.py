"""The folder of a bulk run: whole files only, one run at a time, and what is done (trusted side).

    DIR/reports/<id>.json, summary.json, grades.csv   the results: the same bytes on every run
    DIR/behaviour/<id>.json, sources/<id>.py          what the class report is made of, beside these
    DIR/run.json                                      timings, machine, what each report was made of
    DIR/.journal                                      while a run lasts: what it adds to run.json
    DIR/.lock, .writing/                              who is at work; what is not yet whole

A report is done when the journal or run.json says so and its bytes, and those of the behaviour, are
those noted there: the note is taken after both are on disk, so a process that ends between the two
loses nothing but a few seconds of work.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from grader.core import behaviour
from grader.core.behaviour import NOTHING, Behaviour
from grader.core.errors import UsageError
from grader.core.files import to_json, write_whole
from grader.core.report import Report, from_json
from grader.core.submission import Submission
from grader.results.claim import claimed
from grader.results.sidecar import SCHEMA, Note, RunFile, Settings

REPORTS, BEHAVIOUR, SOURCES = "reports", "behaviour", "sources"
DAMAGED = (msgspec.MsgspecError, ValueError, RecursionError)  # what decoding may raise
FULL = (errno.ENOSPC, errno.EDQUOT)  # the folder is as it should be, and the disk is full


class Store:
    """A folder that one run at a time writes to."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Name the folder; it is made, locked and read on entering."""
        self.folder, self.settings = folder, settings
        self.reports = folder / REPORTS
        self._behaviour, self._sources = folder / BEHAVIOUR, folder / SOURCES
        self._writing = folder / ".writing"
        self._journal_path = folder / ".journal"
        self._notes: dict[str, Note] = {}

    def __enter__(self) -> Self:
        """Take the lock and read what is done; raises UsageError when another run has the lock."""
        with ExitStack() as opened:
            try:
                if self.folder.is_file():
                    raise UsageError(f"{self.folder} is a file; --out names a folder.")
                self.folder.mkdir(parents=True, exist_ok=True)
                opened.enter_context(claimed(self.folder))
                _clear(self._writing)
                opened.callback(_clear, self._writing)
                self._writing.mkdir()
                for part in (self.reports, self._behaviour, self._sources):
                    part.mkdir(exist_ok=True)
                self._journal = opened.enter_context(self._journal_path.open("ab", buffering=0))
            except OSError as error:
                if error.errno in FULL:
                    raise
                raise UsageError(f"{self.folder} cannot be written to: {error}.") from None
            self._notes = {note.id: note for note in self._read_notes()}
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """Give the lock back; what is done stays done."""
        self._opened.close()

    def done(self, id: str, submission: Submission) -> Report | None:
        """Give the report of a submission if it is done, with these settings and a score."""
        report = self.report(id)
        note = self._notes.get(id)
        if report is None or note is None or report.score is None or not self.behaviour(id):
            return None
        same = (note.sha256, note.settings) == (submission.sha256, self.settings.digest)
        return report if same and report.submission.name == submission.name else None

    def report(self, id: str) -> Report | None:
        """Give a report if it is the one that was noted, whatever the settings were."""
        note = self._notes.get(id)
        try:
            data = self._report_path(id).read_bytes()
            return from_json(data) if note and _digest(data) == note.report else None
        except (OSError, *DAMAGED):
            return None

    def behaviour(self, id: str) -> Behaviour | None:
        """Give what was seen of a submission, if it is what was noted."""
        note = self._notes.get(id)
        try:
            data = (self._behaviour / f"{id}.json").read_bytes()
            return behaviour.from_json(data) if note and _digest(data) == note.behaviour else None
        except (OSError, *DAMAGED):
            return None

    def keep_source(self, id: str, content: bytes) -> None:
        """Keep a copy of what is graded."""
        path = self._sources / f"{id}.py"
        with suppress(OSError):
            if path.read_bytes() == content:
                return
        self.write(path, content)

    def others(self, ids: Collection[str]) -> list[str]:
        """The ids of reports that lie there besides: of submissions that are gone, perhaps."""
        return sorted({path.stem for path in self.reports.glob("*.json")} - set(ids))

    def put(self, id: str, report: Report, seconds: float, seen: Behaviour = NOTHING) -> None:
        """Write a report and what was seen, each whole, and note what they were made of."""
        data, beside = report.to_json(), seen.to_json()
        self.write(self._behaviour / f"{id}.json", beside)
        self.write(self._report_path(id), data)
        made_of = (report.submission.sha256, self.settings.digest)
        note = Note(id, *made_of, _digest(data), round(seconds, 3), _digest(beside))
        self._notes[id] = note
        self._journal.write(b"\n" + msgspec.json.encode(note))  # a torn line ends at the newline

    def write(self, path: Path, data: bytes) -> None:
        """Write a file so that there is all of it at its place, or what was there before."""
        write_whole(path, data, staging=self._writing)

    def finish(self, run: dict[str, str | int | float], machine: dict[str, str | int]) -> None:
        """Write the sidecar, and end the journal, which is in it now."""
        notes = tuple(self._notes[id] for id in sorted(self._notes))
        sidecar = RunFile(SCHEMA, self.settings, run, machine, notes)
        self.write(self.folder / "run.json", to_json(sidecar, indent=1))
        for folder in (self._behaviour, self._sources, self.reports, self.folder):
            _sync_folder(folder)
        self._journal_path.unlink(missing_ok=True)

    def _report_path(self, id: str) -> Path:
        return self.reports / f"{id}.json"

    def _read_notes(self) -> Iterator[Note]:
        with suppress(OSError, *DAMAGED):
            data = (self.folder / "run.json").read_bytes()
            yield from msgspec.json.decode(data, type=RunFile).notes
        for line in self._journal_path.read_bytes().split(b"\n"):
            with suppress(*DAMAGED):
                yield msgspec.json.decode(line, type=Note)


def _clear(path: Path) -> None:
    """Remove a folder, or what lies in its place."""
    shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        path.unlink()


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not everywhere can a folder be opened
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
