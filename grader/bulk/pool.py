"""Grades submissions side by side on this machine (trusted side).

A submission runs in a worker process of the one sandbox, and a thread here waits for it; so there
are as many workers as threads, and what they do not share is all that costs.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from msgspec import structs

from grader.core.behaviour import NOTHING, Behaviour
from grader.core.errors import UsageError
from grader.core.exercise import Exercise
from grader.core.isolation import missing, warnings
from grader.core.key import Key
from grader.core.report import Report
from grader.core.submission import Submission
from grader.grading.behaviour import behaviour
from grader.grading.grade import failed, grade_surely
from grader.grading.suite import Suite
from grader.sandbox.sandbox import Sandbox


@dataclass(frozen=True)
class Task:
    """A submission to grade, and the id of its report."""

    id: str
    submission: Submission


@dataclass(frozen=True)
class Reported:
    """A report, the seconds that it took, and what else was seen."""

    id: str
    report: Report
    seconds: float
    behaviour: Behaviour = NOTHING


Engine = Callable[[Iterable[Task]], Iterator[Reported]]


class Grader:
    """A sandbox and open checks; grades one submission after the other, from any thread."""

    def __init__(self, exercise: Exercise, key: Key, sandbox: Sandbox, unsafe: bool) -> None:
        """Take a sandbox that is not yet open; `unsafe` lets it lack walls, with warnings."""
        self._exercise, self._key, self._sandbox, self._unsafe = exercise, key, sandbox, unsafe
        self._sandbox.unsafe = unsafe
        self.warnings: tuple[str, ...] = ()
        self._suite = Suite(exercise)

    def __enter__(self) -> Self:
        """Open the sandbox and the checks; raises UsageError for a sandbox without walls."""
        with ExitStack() as opened:
            opened.enter_context(self._sandbox)
            self.warnings = check_walls(self._sandbox, self._unsafe)
            opened.enter_context(self._suite)
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close both."""
        self._opened.__exit__(kind, error, trace)

    def grade(self, task: Task) -> Reported:
        """Grade a submission, with what is to be warned of."""
        started = time.perf_counter()
        means = (self._key, self._sandbox, self._suite)
        grading = grade_surely(self._exercise, task.submission, *means)
        report = structs.replace(grading.report, warnings=self.warnings)
        return Reported(task.id, report, time.perf_counter() - started, behaviour(grading))

    def failed(self, task: Task, error: BaseException) -> Reported:
        """Give the report of an error that nobody foresaw: it costs one submission, not all."""
        reason = f"{type(error).__name__}: {error}"
        return Reported(
            task.id, failed(self._exercise, task.submission, self._key.digest, reason), 0
        )


def check_walls(sandbox: Sandbox, unsafe: bool) -> tuple[str, ...]:
    """Refuse to run strangers' programs without walls; `unsafe` gives warnings for the reports."""
    isolation = sandbox.isolation()
    lacking = " and ".join(missing(isolation))
    if lacking and not unsafe:
        raise UsageError(
            f"This machine has no {lacking} to hold programs back with, so they could read the "
            "key, write files or reach other processes. `grader doctor` says what to do; --unsafe "
            "grades all the same, and says so in each report."
        )
    return warnings(isolation)


def grade_side_by_side(grader: Grader, jobs: int, tasks: Iterable[Task]) -> Iterator[Reported]:
    """Grade tasks in `jobs` threads, and give each report as soon as it exists.

    Only a few tasks are taken ahead, so that memory does not grow with their number.
    """
    pending: dict[Future[Reported], Task] = {}
    threads = ThreadPoolExecutor(jobs, thread_name_prefix="grade")
    try:
        for task in tasks:
            pending[threads.submit(grader.grade, task)] = task
            if len(pending) >= 2 * jobs:
                yield from _finished(grader, pending)
        while pending:
            yield from _finished(grader, pending)
    finally:
        # Whoever stops early does not wait for workers that may have long to go.
        threads.shutdown(wait=not pending, cancel_futures=True)


def _finished(grader: Grader, pending: dict[Future[Reported], Task]) -> Iterator[Reported]:
    done, _ = wait(pending, return_when=FIRST_COMPLETED)
    for future in done:
        task = pending.pop(future)
        error = future.exception()
        yield future.result() if error is None else grader.failed(task, error)
