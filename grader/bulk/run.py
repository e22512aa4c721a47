"""Grades many: skips what is done, runs what is equal once, keeps every report (trusted side)."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from msgspec import structs

from grader import __version__
from grader.bulk import machine
from grader.bulk.pool import Engine, Reported, Task
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.report import SubmissionPart
from grader.core.submission import Submission, UnreadableError, is_notebook
from grader.grading.grade import unreadable
from grader.notebook.submitted import as_python
from grader.results.sidecar import Settings
from grader.results.store import Store
from grader.results.summary import Row, Summary, build, to_csv
from grader.sources.entry import Class, Entry

Content = tuple[str, bool]  # a file's digest, and whether it is read as a notebook
Tell = Callable[[Row], None]  # called for each report as soon as it is on disk


def settings_of(exercise: Exercise, key: Key, timeout: float, unsafe: bool) -> Settings:
    """All that a report depends on besides the submission."""
    return Settings(exercise.id, __version__, key.digest, timeout, unsafe)


def _content(submission: Submission | SubmissionPart) -> Content:
    return submission.sha256, is_notebook(submission.name)


class BulkRun:
    """One run over many submissions; `rows` are those that have a report."""

    def __init__(self, exercise: Exercise, key: Key, store: Store) -> None:
        """Start the clock."""
        self._exercise, self._key, self._store = exercise, key, store
        self._started, self._clock = datetime.now(UTC), time.perf_counter()
        self._first: dict[Content, str] = {}  # content to the id that it was first met at
        self._same: dict[Content, list[tuple[str, str]]] = {}  # further ids and names, waiting
        self._finished: set[Content] = set()
        self.rows: dict[str, Row] = {}
        self.counts = {"graded": 0, "skipped": 0, "copied": 0, "unreadable": 0}

    def skip_done(self, entries: Sequence[Entry], fresh: bool) -> list[Entry]:
        """Take the rows of reports that are done; give what is left to do."""
        return [entry for entry in entries if fresh or not self._is_done(entry)]

    def _is_done(self, entry: Entry) -> bool:
        try:
            submission = entry.read()
        except UnreadableError:
            return False
        report = self._store.done(entry.id, submission)
        if report is None:
            return False
        self._keep_source(entry.id, submission)
        self.rows[entry.id] = Row.of(entry.id, report)
        self.counts["skipped"] += 1
        content = _content(submission)
        self._first.setdefault(content, entry.id)
        self._finished.add(content)
        return True

    def grade(self, entries: Sequence[Entry], engine: Engine, tell: Tell) -> None:
        """Grade entries and keep each report as soon as it exists."""
        for graded in engine(self._tasks(entries, tell)):
            self.counts["graded"] += 1
            self._keep(graded, tell)
            content = _content(graded.report.submission)
            self._finished.add(content)
            for id, name in self._same.pop(content, ()):
                self._copy(id, name, graded, tell)

    def _tasks(self, entries: Sequence[Entry], tell: Tell) -> Iterator[Task]:
        for entry in entries:
            try:
                submission = entry.read()
            except UnreadableError as error:
                report = unreadable(self._exercise, entry.name, self._key.digest, str(error))
                self.counts["unreadable"] += 1
                self._keep(Reported(entry.id, report, 0), tell)
                continue
            self._keep_source(entry.id, submission)
            content = _content(submission)
            first = self._first.setdefault(content, entry.id)
            known = self._known(first) if content in self._finished else None
            if known is not None:
                self._copy(entry.id, submission.name, known, tell)
            elif first != entry.id and content not in self._finished:
                self._same.setdefault(content, []).append((entry.id, submission.name))
            else:
                yield Task(entry.id, submission)

    def _keep_source(self, id: str, submission: Submission) -> None:
        """Keep what is run: of a notebook, the source that lines are counted through."""
        self._store.keep_source(id, as_python(submission, self._exercise.function).content)

    def _known(self, id: str) -> Reported | None:
        report, seen = self._store.report(id), self._store.behaviour(id)
        return None if report is None or seen is None else Reported(id, report, 0, seen)

    def _copy(self, id: str, name: str, first: Reported, tell: Tell) -> None:
        """Keep the report of an identical file under another name."""
        part = structs.replace(first.report.submission, name=name)
        self.counts["copied"] += 1
        report = structs.replace(first.report, submission=part)
        self._keep(Reported(id, report, 0, first.behaviour), tell)

    def _keep(self, graded: Reported, tell: Tell) -> None:
        self._store.put(graded.id, graded.report, graded.seconds, graded.behaviour)
        self.rows[graded.id] = Row.of(graded.id, graded.report)
        tell(self.rows[graded.id])

    def take_earlier(self, entries: Sequence[Entry]) -> list[str]:
        """Take rows from reports of earlier runs; gives ids of which the file has changed since.

        Or the settings have: `--only` leaves these to another run.
        """
        changed = []
        for entry in entries:
            if entry.id not in self.rows and (report := self._store.report(entry.id)) is not None:
                self.rows[entry.id] = Row.of(entry.id, report)
                with suppress(UnreadableError):
                    if self._store.done(entry.id, entry.read()) is None:
                        changed.append(entry.id)
        return changed

    def finish(self, handed_in: Class, jobs: int) -> Summary:
        """Write the tables for all that has a report, and the sidecar."""
        entries = {entry.id: entry for entry in handed_in.entries}
        rows = [
            structs.replace(row, owners=entries[id].owners, place=entries[id].place)
            for id, row in self.rows.items()
        ]
        summary = build(rows, self._exercise.id, self._key.digest, handed_in.refused)
        self._store.write(self._store.folder / "summary.json", summary.to_json())
        self._store.write(self._store.folder / "grades.csv", to_csv(summary.submissions))
        self._store.finish(self._timings(jobs), machine.describe())
        return summary

    def _timings(self, jobs: int) -> dict[str, str | int | float]:
        return {
            "started": self._started.isoformat(timespec="seconds"),
            "seconds": round(time.perf_counter() - self._clock, 3),
            "jobs": jobs,
            **self.counts,
            **machine.usage(),
        }
