"""Fills the compile cache with what submissions compile, by calling samples (the author's side).

The samples are the author's own. Workers can read the cache, and it must not hold the answer: those
that compile themselves whole take no part, and what is left is single operations of JAX.
"""

import io
import multiprocessing
import os
import re
import runpy
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from grader.core.case import Case
from grader.sandbox import cache
from grader.sandbox.environment import environment
from grader.worker import programs, trees, warm
from grader.worker.programs import NAME, SUFFIX

WIDE = 12  # one of so many files is called with numbers of 64 bits, too
SHARE = 16  # files: what it takes to start another process is what it saves on so many
WHOLE = re.compile(r"\b(jit|scan|fori_loop|while_loop|lax\.map|checkpoint|config|enable_x64)\b")


def stepwise(files: Iterable[Path]) -> list[Path]:
    """The files that run one operation of JAX at a time."""
    return [f for f in sorted(files) if not WHOLE.search(f.read_text("utf-8", "replace"))]


def fill(
    place: Path, warmup: Path, function: str, files: Sequence[Path], cases: Sequence[Case]
) -> tuple[int, int]:
    """Call the function of all files on the cases, from a process for each processor or fewer.

    Programs that no file and not the warm-up needs are taken out. Gives how many calls returned,
    and how many programs are kept.
    """
    count = min(os.cpu_count() or 1, 1 + len(files) // SHARE)
    with cache.filling(place) as staging:
        os.environ.update(environment(staging, fill_cache=True))
        with ProcessPoolExecutor(count, multiprocessing.get_context("spawn")) as pool:
            shares = [(warmup, function, files[i::count], cases) for i in range(count)]
            parts = [pool.submit(_share, *share) for share in shares]
            counts, needed = zip(*(part.result() for part in parts), strict=True)
        kept = set().union(*needed)
        for program in staging.glob(f"*{SUFFIX}"):
            if program.name not in kept:  # of cases that are gone
                program.unlink()
        for name in staging.glob(f"*{NAME}"):
            if not (staging / (name.read_text("ascii") + SUFFIX)).exists():
                name.unlink()
        return sum(counts), len(list(staging.glob(f"*{SUFFIX}")))


def _share(
    warmup: Path, function: str, files: Sequence[Path], cases: Sequence[Case]
) -> tuple[int, set[str]]:
    """Run the warm-up script and some files here: how many calls returned, what they needed."""
    import jax

    warm.share_context()
    found = programs.find_here()
    warm.use(str(warmup))
    returned = sum(_call(file, function, cases) for file in files)
    with jax.enable_x64(True):
        returned += sum(_call(file, function, cases) for file in files[::WIDE])
    return returned, found.used


def _call(file: Path, function: str, cases: Sequence[Case]) -> int:
    """Call a file's function on the cases, and on the first with NumPy's arrays.

    How many calls returned: what raises has compiled its part.
    """
    returned = 0
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        try:
            called = runpy.run_path(str(file))[function]
        except BaseException:  # noqa: BLE001  # exports of notebooks, and what is not Python
            return 0
        for case, numpy in (*((case, False) for case in cases), (cases[0], True)):
            handed = {k: trees.decode(v, numpy) for k, v in case.to_wire().items()}
            try:
                called(**handed)
                returned += 1
            except BaseException:  # noqa: BLE001  # many samples are there to raise
                continue
    return returned
