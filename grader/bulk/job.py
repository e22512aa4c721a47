"""Carries out `grader bulk`: what was asked for, put together (trusted side)."""

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from grader.bulk import progress
from grader.bulk.pool import Engine, Grader, grade_side_by_side
from grader.bulk.rules import CourseJob
from grader.bulk.run import BulkRun, settings_of
from grader.bulk.select import Selection
from grader.core.errors import UsageError
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.course.conclusion import conclude as conclude_course
from grader.html.write import write
from grader.results.read import read
from grader.results.store import Store
from grader.results.summary import Row
from grader.sandbox.sandbox import Sandbox
from grader.sources.entry import Entry, Wanted
from grader.sources.find import find

WORTH_WARMING = 4  # submissions: what a warm zygote costs is what it saves on about three
NAMED = 5  # ids in one line
TIMEOUT = 30.0  # seconds, where neither the command nor the course says otherwise


@dataclass(frozen=True)
class Request:
    """What the person at the command line asked for."""

    sources: tuple[Path, ...]
    layout: str | None
    out: Path
    jobs: int
    timeout: float | None
    selection: Selection
    fresh: bool
    scheduler: str | None
    unsafe: bool
    anonymous: bool = False
    trusted_network: bool = False
    course: Path | None = None
    rosters: tuple[Path, ...] = ()

    @property
    def seconds(self) -> float:
        """The time limit of each submission; an request that was prepared has one."""
        return self.timeout or TIMEOUT


@dataclass(frozen=True)
class Resources:
    """How to get at an exercise and a sandbox, here or, since both are functions, on a node."""

    exercise: Callable[[], Exercise]
    # For the exercise, with the time limit, and with what to keep it warm for.
    sandbox: Callable[[Exercise, float, Key | None], Sandbox]

    def grader(self, key: Key, timeout: float, unsafe: bool, *, warm: bool = True) -> Grader:
        """Give a grader that is not yet open."""
        exercise = self.exercise()
        return Grader(exercise, key, self.sandbox(exercise, timeout, key if warm else None), unsafe)


def carry_out(request: Request, resources: Resources, key: Key, out: Console, err: Console) -> bool:
    """Grade what was asked for; tells whether all of it has a score and nothing was refused."""
    exercise = resources.exercise()
    course = CourseJob.prepare(
        exercise, request.out, request.sources, request.course, request.rosters
    )
    if course.path is not None:
        err.print(f"The course's rules are those of {course.path}.", soft_wrap=True)
    if request.timeout is None:
        request = replace(request, timeout=course.timeout)
    handed_in = find(request.sources, Wanted.of(exercise), request.layout, request.out)
    course = course.for_class(request.sources, handed_in.entries)
    selection = request.selection
    chosen = [] if selection.again else selection.choose(handed_in.entries, {})
    settings = settings_of(exercise, key, request.seconds, request.unsafe)
    with Store(request.out, settings) as store:
        run = BulkRun(exercise, key, store)
        if selection.again:
            chosen = selection.choose(handed_in.entries, _earlier(store, handed_in.entries))
        left = run.skip_done(chosen, request.fresh or selection.again)
        if len(left) < len(chosen):
            done = len(chosen) - len(left)
            err.print(f"Done already: {done} of {len(chosen)}; left: {len(left)}.")
        if left:
            with (
                _engine(request, resources, key, len(left), err) as engine,
                progress.shown(len(left), err) as tell,
            ):
                run.grade(left, engine, tell)
        changed = run.take_earlier(handed_in.entries)
        summary = run.finish(handed_in, request.jobs)
        finals = course.publish(request.out, summary, handed_in.entries, store.write)
        found = read(request.out)
        index = write(exercise, found, request.out, anonymous=request.anonymous, finals=finals)
        others = store.others({entry.id for entry in handed_in.entries})
    progress.conclude(summary, request.out, out)
    conclude_course(finals, out)
    out.print(f"The class report is {index}.", soft_wrap=True)
    if changed:
        err.print(f"{_listed(changed)}: changed since graded; run it without --only.")
    if others:
        err.print(f"{_listed(others)}: a report of an earlier run, in no table; not in the source.")
    scored = all(run.rows[entry.id].score is not None for entry in chosen)
    return scored and (bool(selection) or not handed_in.refused)


@contextmanager
def _engine(
    request: Request, resources: Resources, key: Key, count: int, err: Console
) -> Iterator[Engine]:
    if request.scheduler is not None:
        try:
            from grader.bulk import cluster, network
        except ImportError:
            message = "--scheduler needs Dask: pip install 'lift-grader[dask]'"
            raise UsageError(message) from None
        if not request.trusted_network:
            network.require_private(request.scheduler)
        with cluster.connected(
            request.scheduler, resources, key, request.seconds, request.unsafe
        ) as engine:
            yield engine
        return
    warm = count >= WORTH_WARMING
    with resources.grader(key, request.seconds, request.unsafe, warm=warm) as grader:
        for warning in grader.warnings:
            err.print(warning)
        yield functools.partial(grade_side_by_side, grader, request.jobs)


def _earlier(store: Store, entries: Sequence[Entry]) -> dict[str, Row]:
    """What an earlier run says of submissions."""
    reports = ((entry.id, store.report(entry.id)) for entry in entries)
    return {id: Row.of(id, report) for id, report in reports if report is not None}


def _listed(ids: list[str]) -> str:
    """Name a few, and say how many more there are."""
    more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
    return ", ".join(ids[:NAMED]) + more
