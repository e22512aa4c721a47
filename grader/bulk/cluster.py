"""Grades submissions on a Dask cluster: each node has a sandbox of its own (trusted side).

A task is a chunk of submissions, and what comes back are the bytes of reports. A node that dies has
its chunks done elsewhere, which is Dask's doing; since the same submission gives the same bytes,
nothing is lost by doing one twice.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from distributed import Client, Future, Worker, WorkerPlugin, as_completed, get_worker

from grader import __version__
from grader.bulk.job import Resources
from grader.bulk.pool import Engine, Grader, Reported, Task
from grader.core import behaviour
from grader.core.errors import GraderError, UsageError
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.report import from_json
from grader.grading.grade import failed

CHUNK = 4  # submissions a task: few, since a node that dies loses as many
AHEAD = 2  # tasks a thread of the cluster
PATIENCE = 30.0  # seconds to wait for the scheduler, and for a first node
_Reports = list[tuple[str, bytes, float, bytes]]


class _Node(WorkerPlugin):  # type: ignore[misc]  # Dask has no types
    """Opens a grader on each node, those that join later too; closes it at the end of the run."""

    def __init__(
        self, name: str, resources: Resources, key: Key, timeout: float, unsafe: bool
    ) -> None:
        self.name, self._resources, self._key = name, resources, key
        self._timeout, self._unsafe = timeout, unsafe
        self._version = __version__

    def setup(self, worker: Worker) -> None:  # noqa: ARG002  # Dask's own signature
        if self._version != __version__:
            raise GraderError(f"The node has grader {__version__}, and not {self._version}.")
        self.grader = self._resources.grader(self._key, self._timeout, self._unsafe).__enter__()

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002
        self.grader.__exit__(None, None, None)


@contextmanager
def connected(
    address: str, resources: Resources, key: Key, timeout: float, unsafe: bool
) -> Iterator[Engine]:
    """Give an engine that grades on a scheduler's nodes; raises UsageError when there are none."""
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"There is no Dask scheduler at {address}: {error}.") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise UsageError(f"The scheduler at {address} has no node.") from None
        # A name of its own: two runs may share a cluster.
        node = _Node(f"lift-grader-{uuid.uuid4().hex}", resources, key, timeout, unsafe)
        _register(client, node)
        try:
            yield _Cluster(client, node.name, resources.exercise(), key)
        finally:
            client.unregister_worker_plugin(node.name)


def _register(client: Client, node: _Node) -> None:
    """Open a grader on each node; one that dies meanwhile is no reason to stop."""
    for last in (False, False, True):
        try:
            client.register_plugin(node)
            return
        except OSError:
            if last:
                raise


@dataclass(frozen=True)
class _Cluster:
    """The engine: keeps every thread of the cluster busy, however many there come to be."""

    client: Client
    node: str
    exercise: Exercise
    key: Key

    def __call__(self, tasks: Iterable[Task]) -> Iterator[Reported]:
        remaining = iter(tasks)
        running = as_completed(loop=self.client.loop)
        chunks: dict[str, list[Task]] = {}
        while True:
            while len(chunks) < AHEAD * max(1, sum(self.client.nthreads().values())):
                chunk = list(islice(remaining, CHUNK))
                if not chunk:
                    break
                future = self.client.submit(_grade_chunk, self.node, chunk, pure=False)
                chunks[future.key] = chunk
                running.add(future)
            if not chunks:
                return
            future = next(running)
            yield from self._reports(future, chunks.pop(future.key))

    def _reports(self, future: Future, chunk: list[Task]) -> Iterator[Reported]:
        if future.status == "finished":
            for id, data, seconds, seen in future.result():
                yield Reported(id, from_json(data), seconds, behaviour.from_json(seen))
        elif future.status == "error":
            error: Any = future.exception()
            reason = f"The cluster gave {type(error).__name__}: {error}"
            for task in chunk:
                report = failed(self.exercise, task.submission, self.key.digest, reason)
                yield Reported(task.id, report, 0)
        else:
            raise GraderError(f"The cluster has dropped a task, which is now {future.status}")


def _grade_chunk(node: str, chunk: list[Task]) -> _Reports:
    """Grade a chunk, on a node."""
    grader: Grader = get_worker().plugins[node].grader
    done = (grader.grade(task) for task in chunk)
    return [
        (each.id, each.report.to_json(), each.seconds, each.behaviour.to_json()) for each in done
    ]
