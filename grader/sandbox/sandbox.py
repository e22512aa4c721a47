"""The processes, and who holds what (trusted side).

    TRUSTED (this process)                 ZYGOTE (Linux)                WORKER, one a submission
    key, cases, reports                    jax and flax imported         the student's code
    never runs student code    --fork-->   no key, no case, no      -->  one case's inputs at a time
    never unpickles            <--pid---   answer; a nearly empty        locked before it reads the
         |                                 environment                   file (worker.walls.lock)
    the user's rights                      the user's rights, and       no rights: reads what can be
         |                                 runs no student's code       imported, computes, answers
         |                                                                    |
         +---- frames (grader.wire) over a socketpair: commands, replies -----+
         +---- a pipe, drained and bounded: what the submission prints -------+

There are two zygotes, one a fork of the other. The cold one has not started JAX's backend: its
workers can do all that JAX can. The warm one (grader.worker.warm) holds loaded programs: its
workers are several times cheaper. One that meets what only a cold worker can do ends, and a cold
one starts over (grader.grading.execute).

The cold zygote is an exec of its own with a nearly empty environment, so that a fork of it holds
nothing of ours. Where the kernel has no Landlock it lives in namespaces of its own
(grader.worker.walls.bubblewrap). A zygote adopts and ends what a worker leaves behind; when it
ends, its workers do.
Where there is no fork, each worker is a fresh process with the same channel over pipes, and without
walls.

Two rules hold whatever a wall lets through:

- Nothing that is quoted to a student (prints, messages, frames, lines, names, numbers of public
  answers) comes from a process that started after another process of the same submission was sent a
  hidden input. What was said until then stays said (grader.grading.quotable).
- Whoever has a hidden key needs walls: without them a worker is told nothing and given no file,
  unless the sandbox was opened as unsafe, and then each report says so (grader.core.isolation).
"""

import math
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from grader import wire
from grader.core.errors import GraderError, WorkerEndedError
from grader.sandbox import scratch
from grader.sandbox.environment import environment
from grader.sandbox.forkserver import WarmZygote, Zygote
from grader.sandbox.fresh import FreshProcesses
from grader.sandbox.handle import Worker
from grader.worker.walls import bubblewrap, limits, readable

WARM_SHARE = 0.25  # of the time limit: a warm run takes a fraction of a second
CAN_FORK = sys.platform == "linux"


class Sandbox:
    """Starts workers: forks of a warm zygote where there is fork, fresh processes elsewhere."""

    def __init__(
        self,
        *,
        timeout: float = 30.0,
        cache: Path | None = None,
        fork: bool = CAN_FORK,
        fill_cache: bool = False,
        warmup: Path | None = None,
        mask: Sequence[str] = (),
        unsafe: bool = False,
        secrets: Sequence[Path] = (),
    ) -> None:
        """Give each worker `timeout` seconds; `cache` is JAX's compilation cache, only read.

        `fill_cache` lets workers write to it: for programs of ours only, since whoever can write
        it runs code in every later worker. `warmup` is a neutral script: with it, and where there
        is something in the cache, a second zygote keeps a backend warm, for many submissions; where
        there is no fork, the next process is started beforehand.
        `mask` leaves layers of `grader.worker.walls.lock` out: for tests.
        `secrets` are folders with answers, which no submission may read.
        `unsafe` lets a submission run where walls are missing although there is a hidden key.
        """
        self.timeout, self.unsafe = timeout, unsafe
        self._cache, self._warmup = cache, warmup
        self._environment = environment(cache, fill_cache)
        # What it could use within its time, and some: for when nobody is there to end it.
        processors = os.cpu_count() or 1
        self._environment[limits.CPU_SECONDS] = str(math.ceil(timeout * processors) + 10)
        self._mask, self._secrets = mask, secrets
        self._environment[readable.SECRETS] = os.pathsep.join(map(str, secrets))
        if mask:
            self._environment[limits.MASK] = " ".join(mask)
        self._fork = fork

    def __enter__(self) -> Self:
        """Start the zygote; it imports while the caller goes on.

        Raises GraderError where the machine has no room, or no process, left for it.
        """
        self._opened = ExitStack()
        self._zygote: Zygote | None = None
        self._warm: WarmZygote | None = None
        self._fresh: FreshProcesses | None = None
        try:
            self._open()
        except (OSError, RuntimeError) as error:
            self.__exit__(None, None, None)
            raise GraderError(f"The sandbox could not be opened: {error}.") from None
        return self

    def _open(self) -> None:
        self._folder = str(self._opened.enter_context(scratch.folder()))
        if not self._fork:
            ahead = self._warmup is not None
            self._fresh = FreshProcesses(self._environment, self._folder, ahead=ahead)
            return
        cache = [self._cache] if self._cache and self._cache.is_dir() else []
        script = [self._warmup] if cache and self._warmup else []
        around = bubblewrap.prefix(self._mask, [*cache, *script], self._secrets)
        self._zygote = Zygote(around, self._environment, self._folder, *script)
        self._warm = WarmZygote(self._zygote) if script else None

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """End the zygote and leave nothing behind."""
        for started in (self._warm, self._zygote, self._fresh):
            if started is not None:
                started.close()
        self._opened.close()

    def start(self, spent: float = 0.0) -> Worker:
        """Start a worker, which first says hello; raises GraderError when it cannot be started.

        `spent` seconds of the time limit were spent before.
        """
        try:
            if self._zygote is not None:
                return self._zygote.fork(self.timeout - spent)
            assert self._fresh is not None
            return self._fresh.start(self.timeout - spent)
        except OSError as error:
            raise GraderError(f"No worker could be started: {error}.") from None

    def isolation(self) -> tuple[str, ...]:
        """Start a worker to hear which layers are in force around it.

        Once more where the zygote died meanwhile, as it does for whoever grades.
        """
        try:
            return self._isolation()
        except GraderError:
            return self._isolation()

    def _isolation(self) -> tuple[str, ...]:
        worker = self.start()
        try:
            return worker.ask(None, wire.Hello).isolation
        except WorkerEndedError:
            return ()
        finally:
            worker.close()

    def start_warm(self, spent: float = 0.0) -> Worker | None:
        """Start a worker that may end as not warm, and soon; None where there is none."""
        if self._warm is None:
            return None
        try:
            return self._warm.fork(min(WARM_SHARE * self.timeout, self.timeout - spent))
        except (GraderError, OSError):
            return None
