"""What the walls cost: a locked worker against a bare one, turn about, in one run.

python benchmarks/isolation.py [rounds]
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Protocol

from grader import wire
from grader.sandbox import cache
from grader.sandbox.environment import environment
from grader.sandbox.sandbox import Sandbox
from grader.worker.walls import lock

BARE = ("landlock", "bubblewrap", "seccomp", "uid")


class _Walls(Protocol):
    def apply(self, _parent: int) -> tuple[str, ...]: ...


class _NoWalls:
    def apply(self, _parent: int) -> tuple[str, ...]:
        return ()


def forked(walls: _Walls) -> float:
    """Milliseconds from a fork to the end of a child that put its walls up and left."""
    began, parent = time.perf_counter(), os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            walls.apply(parent)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert status == 0, "a wall could not be put up"
    return 1000 * (time.perf_counter() - began)


def greeted(sandbox: Sandbox) -> float:
    """Milliseconds from asking for a worker to its hello, for which JAX has drawn numbers."""
    began = time.perf_counter()
    worker = sandbox.start()
    worker.ask(None, wire.Hello)
    taken = time.perf_counter() - began
    worker.close()
    return 1000 * taken


def compare(
    title: str, rounds: int, bare: Callable[[], float], locked: Callable[[], float]
) -> None:
    """Print the medians of both, and of the difference within each pair."""
    bare(), locked()  # the first of each pays for what is loaded once
    pairs = [(bare(), locked()) for _ in range(rounds)]
    without, behind = (statistics.median(values) for values in zip(*pairs, strict=True))
    more = statistics.median(b - a for a, b in pairs)
    print(f"{title:<34}{without:8.2f}{behind:9.2f}{more:+9.2f} ms{behind / without:8.2f} x")


def main() -> None:
    """Measure a fork of a process that has imported JAX, and a whole start of a worker."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    os.environ.update(environment(cache.location(), fill_cache=False))
    import jax.numpy  # noqa: F401

    began = time.perf_counter()
    walls = lock.prepare()
    print(f"prepared once, in {1000 * (time.perf_counter() - began):.1f} ms\n")
    print(f"{'median of ' + str(rounds):<36}{'bare':>6}{'locked':>9}{'more':>9}")
    compare("fork and exit", rounds, lambda: forked(_NoWalls()), lambda: forked(walls))
    place = cache.location()
    with Sandbox(cache=place, mask=BARE, unsafe=True) as bare, Sandbox(cache=place) as locked:
        compare("to a worker's hello", rounds, lambda: greeted(bare), lambda: greeted(locked))
        print(f"\nlayers: {' '.join(locked.isolation())}")


if __name__ == "__main__":
    main()
