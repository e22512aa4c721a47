"""Fills the compile cache with what right submissions compile: python -m solution.warm.

Runs the sample submissions of this repository, which are ours, with the cache open for writing.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from exercise import EXERCISE
from grader import cache, key
from grader.run import execute
from grader.sandbox import Sandbox
from grader.submission import read

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "submissions"
EVERY = 3  # one sample of three compiles nearly all that the others do


def main() -> int:
    """Run one sample of three."""
    answers = key.read(EXERCISE.public_key, EXERCISE.hidden_key)
    files = sorted((SAMPLES / "correct").glob("*.py"))[::EVERY]
    plan = EXERCISE.plan(answers)
    with (
        cache.filling(cache.location()) as place,
        Sandbox(timeout=300, cache=place, fill_cache=True) as sandbox,
        ThreadPoolExecutor(2) as pool,
    ):
        runs = pool.map(lambda f: execute(EXERCISE, read(f), answers, sandbox, plan), files)
        ended = [run.status for run in runs]
    print(f"The compile cache is warm: {ended.count('graded')} of {len(files)} samples ran.")
    return int(ended.count("graded") < len(files))


if __name__ == "__main__":
    sys.exit(main())
