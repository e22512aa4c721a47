"""The wrong programs that are known, and how far off each is on a sequence of calls.

Near-right samples, mutants of the reference, and pairs of mutants that replace different steps.
"""

import io
import itertools
import multiprocessing
import os
import runpy
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np

from exercise.faults import FUNCTION
from exercise.findings.form import RIGHT_DTYPES, TOLERANCE, scale
from grader.core.key import KeyCase
from grader.core.run import Plan
from grader.sandbox import cache
from grader.sandbox.environment import environment

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "submissions" / "near-right"
SAMPLE = ".py"  # what tells a sample's name from that of a mutant
ENOUGH = 2  # wrong answers of a pair of mutants: most of them have no right one


def names() -> list[str]:
    """All programs, by name: files, mutants, pairs of mutants."""
    from solution.pitfalls import PITFALLS

    pairs = itertools.combinations(PITFALLS, 2)
    return [
        *sorted(path.name for path in FOLDER.glob(f"*{SAMPLE}")),
        *(p.id for p in PITFALLS),
        *(f"{b.id}+{a.id}" for a, b in pairs if a.step != b.step),
    ]


def is_pair(name: str) -> bool:
    """Tell whether a program is a pair of mutants."""
    return "+" in name


def load(name: str) -> Callable[..., Any]:
    """A program as it is after its file was loaded: with no call behind it."""
    from solution.pitfalls import PITFALLS
    from solution.reference import custom_lift_forward

    if name.endswith(SAMPLE):
        function: Callable[..., Any] = runpy.run_path(str(FOLDER / name))[FUNCTION]
        return function
    mutants = {p.id: p for p in PITFALLS}
    steps = custom_lift_forward
    for mutant in reversed(name.split("+")):
        steps = mutants[mutant].mutate(steps)
    return steps


def deviation(value: Any, case: KeyCase) -> float:
    """How far an answer is off, in units of its case; infinitely, where its form is wrong."""
    import jax

    if not isinstance(value, (jax.Array, np.ndarray, np.generic)):
        return np.inf
    if str(value.dtype) not in RIGHT_DTYPES or value.shape != case.expected.shape:
        return np.inf
    off = np.abs(np.asarray(value, np.float64) - case.expected).max() / scale(case)
    return float(off) if np.isfinite(off) else np.inf


def follow(
    function: Callable[..., Any], cases: Sequence[KeyCase], plan: Plan, enough: float = np.inf
) -> list[float | None]:
    """Call a program as a worker does, case after case; how far off each answer is.

    After `enough` wrong answers it is not called any more.
    """
    import jax.numpy as jnp

    found: list[float | None] = []
    for case in cases:
        if sum(wrong(found)) >= enough:
            found.append(None)
            continue
        id, x = case.case.id, case.case.array("x").copy()
        arguments = case.case.arguments | {"x": x if id in plan.with_numpy else jnp.asarray(x)}
        try:
            if id in plan.by_keyword:
                value = function(**arguments)
            else:
                value = function(*arguments.values())
            same = np.array_equal(x, case.case.array("x"))
            found.append(deviation(value, case) if same else np.inf)
        except Exception:  # noqa: BLE001  # whatever it is, it is no answer
            found.append(np.inf)
    return found


Sequences = dict[str, tuple[Sequence[KeyCase], Plan]]
Found = dict[str, dict[str, list[float | None]]]


def measure(programs: Iterable[str], sequences: Sequences) -> Found:
    """Run each program, freshly loaded, on each sequence of calls: on all processors."""
    programs, count = list(programs), os.cpu_count() or 1
    with cache.filling(cache.location("builder")) as place:
        os.environ.update(environment(place, fill_cache=True))
        with ProcessPoolExecutor(count, multiprocessing.get_context("spawn")) as pool:
            parts = [pool.submit(measure_here, programs[i::count], sequences) for i in range(count)]
            found = {name: row for part in parts for name, row in part.result().items()}
    return {name: found[name] for name in programs}


def measure_here(programs: Iterable[str], sequences: Sequences) -> Found:
    """Run each program, freshly loaded, on each sequence of calls: in this process."""
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        return {
            program: {
                name: follow(load(program), *called, ENOUGH if is_pair(program) else np.inf)
                for name, called in sequences.items()
            }
            for program in programs
        }


def wrong(deviations: Iterable[float | None]) -> list[bool]:
    """Which answers are wrong."""
    return [off is not None and off > TOLERANCE for off in deviations]
