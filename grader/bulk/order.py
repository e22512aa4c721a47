"""Carries out `grader bulk`: what was asked for, put together (trusted side)."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from grader.bulk import progress
from grader.bulk.pool import Engine, Grader, grade_side_by_side
from grader.bulk.results import read
from grader.bulk.run import BulkRun, choose, settings_of
from grader.bulk.store import Store
from grader.errors import UsageError
from grader.exercise import Exercise
from grader.html.write import write
from grader.key import Key
from grader.sandbox import Sandbox
from grader.sources.find import find

WORTH_WARMING = 8  # submissions: what a warm zygote costs is what it saves on about five
NAMED = 5  # ids in one line


@dataclass(frozen=True)
class Order:
    """What the person at the command line asked for."""

    sources: tuple[Path, ...]
    layout: str | None
    out: Path
    jobs: int
    timeout: float
    only: tuple[str, ...]
    fresh: bool
    scheduler: str | None
    unsafe: bool
    anonymous: bool = False
    trusted_network: bool = False


@dataclass(frozen=True)
class Means:
    """How to get at an exercise and a sandbox, here or, since both are functions, on a node."""

    exercise: Callable[[], Exercise]
    sandbox: Callable[[float, Key | None], Sandbox]  # the time limit; what to keep it warm for

    def grader(self, key: Key, timeout: float, unsafe: bool, *, warm: bool = True) -> Grader:
        """Give a grader that is not yet open."""
        return Grader(self.exercise(), key, self.sandbox(timeout, key if warm else None), unsafe)


def carry_out(order: Order, means: Means, key: Key, out: Console, err: Console) -> bool:
    """Grade what was asked for; tells whether all of it has a score and nothing was refused."""
    exercise = means.exercise()
    handed_in = find(order.sources, exercise.stub.name, order.layout, order.out)
    chosen = choose(handed_in.entries, order.only)
    settings = settings_of(exercise, key, order.timeout, order.unsafe)
    with Store(order.out, settings) as store:
        run = BulkRun(exercise, key, store)
        left = run.skip_done(chosen, order.fresh)
        if len(left) < len(chosen):
            done = len(chosen) - len(left)
            err.print(f"Done already: {done} of {len(chosen)}; left: {len(left)}.")
        if left:
            with (
                _engine(order, means, key, len(left), err) as engine,
                progress.shown(len(left), err) as tell,
            ):
                run.grade(left, engine, tell)
        changed = run.take_earlier(handed_in.entries)
        summary = run.finish(handed_in, order.jobs)
        index = write(exercise, read(order.out), order.out, anonymous=order.anonymous)
        others = store.others({entry.id for entry in handed_in.entries})
    progress.conclude(summary, order.out, out)
    out.print(f"The class report is {index}.", soft_wrap=True)
    if changed:
        err.print(f"{_listed(changed)}: changed since graded; run it without --only.")
    if others:
        err.print(f"{_listed(others)}: a report of an earlier run, in no table; not in the source.")
    scored = all(run.rows[entry.id].score is not None for entry in chosen)
    return scored and (bool(order.only) or not handed_in.refused)


@contextmanager
def _engine(order: Order, means: Means, key: Key, count: int, err: Console) -> Iterator[Engine]:
    if order.scheduler is not None:
        try:
            from grader.bulk import cluster, network
        except ImportError:
            message = "--scheduler needs Dask: pip install 'lift-grader[dask]'"
            raise UsageError(message) from None
        if not order.trusted_network:
            network.require_private(order.scheduler)
        with cluster.connected(order.scheduler, means, key, order.timeout, order.unsafe) as engine:
            yield engine
        return
    warm = count >= WORTH_WARMING
    with means.grader(key, order.timeout, order.unsafe, warm=warm) as grader:
        for warning in grader.warnings:
            err.print(warning)
        yield functools.partial(grade_side_by_side, grader, order.jobs)


def _listed(ids: list[str]) -> str:
    """Name a few, and say how many more there are."""
    more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
    return ", ".join(ids[:NAMED]) + more
