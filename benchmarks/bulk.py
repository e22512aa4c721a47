"""Measures bulk runs beside plain pytest and gradescope-utils: python -m benchmarks.bulk.

Same submissions, same cases, one run; a peer grades each submission in a fresh process, as it is
used. CPU is user and system time of all processes, start-up counted. Prints Markdown.
"""

import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import click

from exercise import EXERCISE
from grader.bulk.machine import processors
from grader.core import key_file as keys

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "tests" / "submissions"
KINDS = (
    *("correct", "shared-key", "sum-not-mean", "late-bound-lambda", "first-copy-twice"),
    *("overwritten-accumulator", "missing-copy", "wrong-divisor", "ignored-seed", "wrong-axis"),
    *("not-reduced", "unexpected-keys", "crashed+missing-in-axes", "syntax-error"),
)
PEERS = {
    "plain pytest + json-report": (
        "plain_pytest.py",
        [*("-m", "pytest", "-q", "--json-report", "plain_pytest.py")],
    ),
    "gradescope-utils": ("with_gradescope_utils.py", ["with_gradescope_utils.py"]),
}


@dataclass(frozen=True)
class Cost:
    """What a process and all that it started took; the largest of them in MiB."""

    cpu: float
    wall: float
    peak: float


def run(command: list[str], folder: Path, environment: dict[str, str]) -> Cost:
    """Run a command and measure it, whatever its exit code."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # it was waited for here
    wall = time.perf_counter() - started
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def common() -> list[Path]:
    """Samples of what most students hand in: right answers, and the mistakes of all kinds."""
    return [file for kind in KINDS for file in sorted((SAMPLES / kind).glob("*.py"))]


def hand_in(folder: Path, count: int, samples: Sequence[Path]) -> list[Path]:
    """Make a class of distinct submissions from samples: each ends in a comment of its own."""
    samples = random.Random(0).sample(samples, len(samples))
    folder.mkdir(parents=True)
    files = []
    for number in range(count):
        source = samples[number % len(samples)].read_bytes()
        files.append(folder / f"student{number:05}.py")
        files[-1].write_bytes(source + f"\n# {number}\n".encode())
    return files


def cases() -> str:
    """The cases of the key, as a peer takes them."""
    key = keys.read(EXERCISE.public_key, EXERCISE.hidden_key)
    return json.dumps(
        [
            {"id": k.case.id, "expected": k.expected.tolist()}
            | {name: getattr(v, "tolist", lambda v=v: v)() for name, v in k.case.arguments.items()}
            for k in key.cases
        ]
    )


def peer(name: str, files: list[Path], work: Path) -> list[Cost]:
    """Grade each file with a peer, in a fresh process."""
    script, arguments = PEERS[name]
    costs = []
    for file in files:
        folder = work / name.split()[0] / file.stem
        folder.mkdir(parents=True)
        shutil.copy(file, folder / "custom_lift.py")
        shutil.copy(ROOT / "benchmarks" / "peers" / script, folder)
        (folder / "cases.json").write_text(cases())
        costs.append(run([sys.executable, *arguments], folder, peer_environment()))
    return costs


def peer_environment() -> dict[str, str]:
    """The environment as it is, on the CPU."""
    return os.environ | {"JAX_PLATFORMS": "cpu"}


def bulk(folder: Path, out: Path, cache: Path | None = None) -> Cost:
    """Grade a folder with ours."""
    command = [sys.executable, "-m", "grader", "bulk", str(folder), "--out", str(out)]
    environment = os.environ | ({} if cache is None else {"GRADER_CACHE_DIR": str(cache)})
    return run(command, ROOT, dict(environment))


def line(*cells: object) -> None:
    """Print a row of a table."""
    click.echo("| " + " | ".join(map(str, cells)) + " |")


def processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    names = [part.split(":", 1)[1].strip() for part in text.splitlines() if "model name" in part]
    return names[0] if names else platform.machine()


def compare(work: Path, size: int, peer_runs: int) -> None:
    """Print what a class costs beside the peers, each of which grades the first few of it."""
    files = hand_in(work / "class", size, common())
    line("", "submissions", "CPU s each", "wall s each", "largest process MiB", "times ours")
    line("---", *["---:"] * 5)
    ours = [bulk(work / "class", work / "warm")]
    cold = [bulk(work / "class", work / "cold", cache=work / "no-cache")]
    rows = [("grader bulk", size, ours), ("grader bulk, the compile cache empty", size, cold)]
    rows += [(label, peer_runs, peer(label, files[:peer_runs], work)) for label in PEERS]
    for label, count, costs in rows:
        cpu, wall = (sum(getattr(c, name) for c in costs) / count for name in ("cpu", "wall"))
        peak, times = max(c.peak for c in costs), cpu / (ours[0].cpu / size)
        line(label, count, f"{cpu:.2f}", f"{wall:.2f}", f"{peak:.0f}", f"{times:.1f}")


def grow(work: Path, sizes: list[int]) -> None:
    """Print what classes of several sizes cost."""
    heads = ("submissions", "a second", "CPU s each", "of it trusted", "trusted MiB", "cores busy")
    line(*heads)
    line(*["---:"] * len(heads))
    for size in sizes:
        hand_in(work / f"of-{size}", size, common())
        cost = bulk(work / f"of-{size}", work / f"out-{size}")
        told = json.loads((work / f"out-{size}" / "run.json").read_bytes())["run"]
        trusted, peak = told["cpu_seconds"] / size, told["peak_kib"] / 1024
        rate, busy = size / cost.wall, cost.cpu / cost.wall
        each = f"{cost.cpu / size:.2f}"
        line(size, f"{rate:.2f}", each, f"{trusted:.3f}", f"{peak:.0f}", f"{busy:.1f}")


@click.command()
@click.option("--sizes", default="10,100,1000", help="Classes of how many submissions.")
@click.option("--class-size", default=100, help="The class that is compared with the peers.")
@click.option("--peer-runs", default=20, help="How many of it the peers grade.")
def main(sizes: str, class_size: int, peer_runs: int) -> None:
    """Print both tables."""
    versions = " ".join(f"{name} {version(name)}" for name in ("jax", "flax", "pytest"))
    click.echo(
        f"{processor()}, {processors()} processors, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}\n"
    )
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        compare(Path(name), class_size, min(peer_runs, class_size))
        click.echo()
        grow(Path(name), [int(size) for size in sizes.split(",")])


if __name__ == "__main__":
    main()
