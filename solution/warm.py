"""Fills the compile cache with what submissions compile: python -m solution.warm.

Calls sample submissions of this repository, which are ours. Workers can read the cache, and it must
not hold the answer: samples that compile themselves whole take no part, and what is left is single
operations of JAX.
"""

import importlib
import io
import multiprocessing
import os
import re
import runpy
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from exercise import EXERCISE
from grader.core import key_file
from grader.core.case import Value
from grader.sandbox import cache
from grader.sandbox.environment import environment
from grader.worker import warm
from grader.worker.warm import SUFFIX

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "submissions"
NOT_RUN = {
    *("hostile", "import-error", "killed", "out-of-memory", "syntax-error", "timed-out"),
    "near-right",  # what is common in them is in other samples
}
WHOLE = re.compile(r"\b(jit|scan|fori_loop|while_loop|lax\.map|checkpoint|config|enable_x64)\b")


def samples() -> list[Path]:
    """All samples that end, and that run one operation of JAX at a time."""
    files = sorted(SAMPLES.rglob("*.py"))
    files = [f for f in files if not NOT_RUN.intersection(f.relative_to(SAMPLES).parts)]
    return [f for f in files if not WHOLE.search(f.read_text("utf-8", "replace"))]


def call(file: Path, cases: list[dict[str, Value]]) -> int:
    """Call a sample on the cases; how many calls returned. What raises has compiled its part."""
    returned = 0
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        try:
            function = runpy.run_path(str(file))[EXERCISE.function]
        except BaseException:  # noqa: BLE001  # exports of notebooks, and what is not Python
            return 0
        for arguments in (*map(_on_device, cases), cases[0]):
            try:
                function(**arguments)
                returned += 1
            except BaseException:  # noqa: BLE001  # many samples are there to raise
                continue
    return returned


def _size(arguments: dict[str, Value]) -> tuple[Any, ...]:
    """What programs differ by: all but the numbers in arrays, and the seed."""
    return tuple(v if isinstance(v, int) else v.shape for k, v in arguments.items() if k != "seed")


def _on_device(arguments: dict[str, Value]) -> dict[str, Any]:
    import jax.numpy as jnp

    return {k: v if isinstance(v, int) else jnp.asarray(v) for k, v in arguments.items()}


def fill(files: list[Path], cases: list[dict[str, Value]]) -> tuple[int, set[str]]:
    """Run the warm-up script and some samples here: how many calls returned, what they ran."""
    needed = _needed()
    warm.share_context()
    warm.use(str(EXERCISE.warmup))
    return sum(call(file, cases) for file in files), needed


def _needed() -> set[str]:
    """The names of the programs that JAX looks for in its cache from now on."""
    programs: Any = importlib.import_module("jax._src.compilation_cache")
    needed: set[str] = set()
    find = programs.get_executable_and_time

    def note(name: str, *rest: Any) -> Any:
        needed.add(name + SUFFIX)
        return find(name, *rest)

    programs.get_executable_and_time = note
    return needed


def main() -> int:
    """Fill the cache from as many processes as there are processors."""
    answers = key_file.read(EXERCISE.public_key, EXERCISE.hidden_key)
    by_size = {_size(case.case.arguments): case.case.arguments for case in answers.cases}
    cases, files, count = list(by_size.values()), samples(), os.cpu_count() or 1
    with cache.filling(cache.location()) as place:
        os.environ.update(environment(place, fill_cache=True))
        with ProcessPoolExecutor(count, multiprocessing.get_context("spawn")) as pool:
            parts = [pool.submit(fill, files[i::count], cases) for i in range(count)]
            counts, needed = zip(*(part.result() for part in parts), strict=True)
        returned, kept = sum(counts), set().union(*needed)
        for program in place.glob(f"*{SUFFIX}"):
            if program.name not in kept:  # each is loaded at every start: of cases that are gone
                program.unlink()
        programs = len(list(place.glob(f"*{SUFFIX}")))
    print(
        f"The compile cache is warm: {len(files)} samples returned {returned} times,"
        f" {programs} programs are kept."
    )
    return int(returned == 0)


if __name__ == "__main__":
    sys.exit(main())
