"""A bulk run on a Dask cluster writes what a local one writes, though a node dies on the way."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.support.bulk_tools import GRADER, bulk, make_class, results, workers, zygotes

pytest.importorskip("distributed")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[Path]:
    """A scheduler of Dask's own, and the file that says where it listens."""
    file = tmp_path / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file]
    process = dask("scheduler", *options)
    while not file.exists():
        time.sleep(0.05)
    yield file
    process.kill()
    process.wait()


@pytest.fixture
def nodes(scheduler: Path, tmp_path: Path) -> Iterator[list[psutil.Popen]]:
    """Two worker processes of one thread each, with no nanny to start them anew."""
    options = ["--scheduler-file", scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    options += ["--host", "127.0.0.1", "--local-directory"]
    started = [dask("worker", *options, tmp_path / f"node{number}") for number in range(2)]
    yield started
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def dask(part: str, *options: object) -> psutil.Popen:
    """Start a part of Dask as its command does."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{part}", *map(str, options)]
    return psutil.Popen(command, **QUIET)


def wait_for_worker(
    run: subprocess.Popen[bytes], node: psutil.Popen, other_than: list[psutil.Process]
) -> list[psutil.Process]:
    """Wait until a node runs a submission; gives the processes that do."""
    while not (found := [w for w in workers(node) if w not in other_than]):
        assert run.poll() is None
        time.sleep(0.005)
    return found


def test_node_that_dies_has_its_chunk_done_elsewhere(
    scheduler: Path, nodes: list[psutil.Popen], tmp_path: Path
) -> None:
    """One of two nodes is killed while it grades: the results are those of a local run."""
    handed_in, out = make_class(tmp_path / "class", "eve fay gil"), tmp_path / "out"
    address = json.loads(scheduler.read_text())["address"]
    command = [*GRADER, "bulk", str(handed_in), "--out", str(out), "--scheduler", address]
    run = subprocess.Popen(command, **QUIET)
    first = wait_for_worker(run, nodes[0], other_than=[])  # it tells which walls there are
    left = wait_for_worker(run, nodes[0], other_than=first)
    nodes[0].kill()
    nodes[0].wait()
    assert psutil.wait_procs(left, timeout=10)[1] == []
    assert run.wait(timeout=120) == 0
    assert zygotes(nodes[1]) == []  # its sandbox was closed
    assert bulk(handed_in, "--out", tmp_path / "local").returncode == 0
    assert results(out) == results(tmp_path / "local")


def test_dask_is_loaded_for_a_cluster_alone() -> None:
    """A local run needs no Dask."""
    code = "import sys, grader.cli, grader.bulk.job; print('distributed' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
