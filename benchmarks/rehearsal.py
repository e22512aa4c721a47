"""Rehearses a large class: python -m benchmarks.rehearsal --count 5000.

Grades that many submissions in one bulk run, looks at its processes once a second, and prints a row
for each tenth of the class: rate, memory and open descriptors, which ought to stay flat. At the end
every report is compared with that of the first submission made from the same sample.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click
import psutil

from benchmarks.bulk import ROOT, SAMPLES, hand_in, line

ENDLESS = {"hostile", "killed", "out-of-memory", "timed-out"}  # these take long by design
MiB = 2**20


@dataclass(frozen=True)
class Look:
    """What is seen of a run at one moment; memory in MiB, of the zygotes that of the largest."""

    seconds: float
    done: int
    trusted: float
    zygote: float
    descriptors: int
    processes: int


def look(run: psutil.Process, began: float, done: int) -> Look:
    """Look at the trusted process and at all that is below it."""
    below = run.children(recursive=True)
    zygotes = [p for p in below if any(p == child.parent() for child in below)] or below
    return Look(
        time.monotonic() - began,
        done,
        run.memory_info().rss / MiB,
        max((p.memory_info().rss / MiB for p in zygotes), default=0.0),
        run.num_fds() + sum(p.num_fds() for p in zygotes),
        1 + len(below),
    )


def looks(command: list[str], out: Path) -> Iterator[Look]:
    """Start a run and look at it once a second, until it ends."""
    began = time.monotonic()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    run = psutil.Popen(command, cwd=ROOT, **quiet)
    while run.poll() is None:
        time.sleep(1)
        done = sum(1 for _ in (out / "reports").glob("*"))
        with suppress(psutil.Error):  # a process may end while it is looked at
            yield look(run, began, done)
    if run.returncode != 0:
        raise click.ClickException(f"The run ended with {run.returncode}.")


def tenths(seen: list[Look], count: int) -> Iterator[tuple[Look, Look]]:
    """The look before and the look after each tenth of the class."""
    previous = Look(0, 0, 0, 0, 0, 0)
    for tenth in range(1, 11):
        now = next((one for one in seen if one.done >= count * tenth // 10), seen[-1])
        if now.seconds > previous.seconds:
            yield previous, now
        previous = now


def differing(folder: Path, out: Path) -> list[str]:
    """Submissions whose report is not, but for name and digest, that of another like it."""
    first: dict[bytes, object] = {}
    found = []
    for file in sorted(folder.iterdir()):
        report = json.loads((out / "reports" / f"{file.stem}.json").read_bytes())
        del report["submission"]
        sample, _, _ = file.read_bytes().rpartition(b"\n#")
        if first.setdefault(sample, report) != report:
            found.append(file.stem)
    return found


@click.command()
@click.option("--count", default=500, help="How many submissions.")
@click.option("--timeout", default=30.0, help="Seconds, each.")
def main(count: int, timeout: float) -> None:
    """Print the table."""
    samples = [f for f in sorted(SAMPLES.rglob("*.py")) if not ENDLESS.intersection(f.parts)]
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as name:
        folder, out = Path(name, "class"), Path(name, "out")
        hand_in(folder, count, samples)
        command = [sys.executable, "-m", "grader", "bulk", str(folder), "--out", str(out)]
        seen = list(looks([*command, "--timeout", str(timeout)], out))
        line("done", "a second", "trusted MiB", "zygote MiB", "descriptors", "processes")
        line(*["---:"] * 6)
        for before, now in tenths(seen, count):
            rate = (now.done - before.done) / (now.seconds - before.seconds)
            sizes = (f"{now.trusted:.0f}", f"{now.zygote:.0f}", now.descriptors, now.processes)
            line(now.done, f"{rate:.1f}", *sizes)
        told = json.loads((out / "run.json").read_bytes())["run"]
        cpu = told["cpu_seconds"] + told["cpu_seconds_of_workers"]
        click.echo(
            f"\n{told['graded']} graded in {told['seconds']:.0f} s with {cpu / count:.2f} CPU s "
            f"each, of which {told['cpu_seconds'] / count:.3f} trusted. "
            f"Reports that differ from another of the same sample: {len(differing(folder, out))}."
        )


if __name__ == "__main__":
    main()
