"""Processes are killed for real, at random moments; what a run writes is the same in the end."""

import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.support.bulk_tools import GRADER, bulk, counts, make_class, results, workers, zygotes


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small class."""
    return make_class(tmp_path_factory.mktemp("kills") / "class")


@pytest.fixture(scope="module")
def undisturbed(handed_in: Path) -> dict[str, bytes]:
    """What a run writes that nobody disturbs."""
    out = handed_in.parent / "undisturbed"
    assert bulk(handed_in, "--out", out).returncode == 0
    return results(out)


@pytest.fixture
def started(handed_in: Path, tmp_path: Path) -> Iterator[psutil.Popen]:
    """A run that has just begun, and was started as a script's background jobs are."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = start(handed_in, tmp_path / "out")
    finally:
        signal.signal(signal.SIGINT, before)
    yield process
    with suppress(psutil.NoSuchProcess):
        process.kill()
    process.wait()


def start(handed_in: Path, out: Path) -> psutil.Popen:
    """Start a run and go on."""
    command = [*GRADER, "bulk", str(handed_in), "--out", str(out)]
    return psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def kill_one(processes: list[psutil.Process], chance: random.Random) -> bool:
    """Kill one of them, if there is any."""
    with suppress(psutil.NoSuchProcess):
        if processes:
            chance.choice(processes).kill()
            return True
    return False


def wait_for_reports(run: psutil.Popen, out: Path, more: int) -> None:
    """Wait until a run has written some reports more than there were, or has ended."""
    folder = out / "reports"
    before = {p.name: p.stat().st_mtime_ns for p in folder.glob("*")}
    while run.poll() is None:
        now = {p.name: p.stat().st_mtime_ns for p in folder.glob("*")}
        if len(now.items() - before.items()) >= more:
            return
        time.sleep(0.01)


def test_command_killed_many_times(
    handed_in: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    """SIGKILL of the command at random moments: the last call writes what one call would have."""
    chance, out = random.Random(1), tmp_path / "out"
    for _ in range(5):
        run = start(handed_in, out)
        wait_for_reports(run, out, more=chance.choice((0, 1, 1, 2)))
        time.sleep(chance.uniform(0, 0.7))
        left = [*zygotes(run), *workers(run)]
        with suppress(psutil.NoSuchProcess):  # it may have come to its end
            run.kill()
        run.wait()
        # What it had started ends with it, so that nothing piles up.
        assert psutil.wait_procs(left, timeout=10)[1] == []
    assert bulk(handed_in, "--out", out).returncode == 0
    assert results(out) == undisturbed


def test_zygote_killed_again_and_again(
    handed_in: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    """A zygote that dies is started anew, and what it had forked is tried once more."""
    chance, kills = random.Random(2), 0
    for attempt in range(20):  # a run may be over before it is hit
        out = tmp_path / str(attempt)
        run = start(handed_in, out)
        for more in (0, 1, 1):
            wait_for_reports(run, out, more)
            time.sleep(chance.uniform(0, 0.7))
            kills += run.poll() is None and kill_one(zygotes(run), chance)
        assert run.wait(timeout=120) in (0, 1)
        # Whoever lost both tries is reported as a failure of ours, and is tried again.
        bulk(handed_in, "--out", out)
        assert results(out) == undisturbed
        if kills >= 5:
            return
    pytest.fail(f"only {kills} zygotes were killed in twenty runs")


def test_worker_killed(
    undisturbed: dict[str, bytes], started: psutil.Popen, tmp_path: Path
) -> None:
    """A worker that is killed from outside costs a second try, and nothing else."""
    chance = random.Random(3)
    wait_for_reports(started, tmp_path / "out", more=1)
    time.sleep(chance.uniform(0, 0.7))
    while not kill_one(workers(started), chance):
        time.sleep(0.01)
    assert started.wait(timeout=120) == 0
    assert results(tmp_path / "out") == undisturbed


def test_interrupted_from_the_keyboard(
    handed_in: Path, undisturbed: dict[str, bytes], started: psutil.Popen, tmp_path: Path
) -> None:
    """SIGINT ends the run at once with a sentence, though it was ignored; the command goes on."""
    wait_for_reports(started, tmp_path / "out", more=1)
    started.send_signal(signal.SIGINT)
    assert started.wait(timeout=10) == 130
    assert started.stderr is not None
    words = started.stderr.read()
    assert "the same command goes on from here" in words
    assert "Traceback" not in words
    assert bulk(handed_in, "--out", tmp_path / "out").returncode == 0
    assert counts(tmp_path / "out")["skipped"] >= 1
    assert results(tmp_path / "out") == undisturbed
