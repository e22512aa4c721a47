"""Fills the compile cache with what submissions compile: python -m solution.warm.

Calls sample submissions of this repository, which are ours.
"""

import sys
from pathlib import Path
from typing import Any

from exercise import EXERCISE
from grader.author import warm
from grader.core import key_file
from grader.core.case import Case
from grader.sandbox import cache

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "submissions"
NOT_RUN = {
    *("hostile", "import-error", "killed", "out-of-memory", "syntax-error", "timed-out"),
    "near-right",  # what is common in them is in other samples
}


def samples() -> list[Path]:
    """All samples that end, and that run one operation of JAX at a time."""
    files = SAMPLES.rglob("*.py")
    return warm.stepwise(f for f in files if not NOT_RUN.intersection(f.relative_to(SAMPLES).parts))


def _size(case: Case) -> tuple[Any, ...]:
    """What programs differ by: all but the numbers in arrays, and the seed."""
    given = ((k, v) for k, v in case.arguments.items() if k != "seed")
    return tuple(case.array(k).shape if k == "x" else v for k, v in given)


def main() -> int:
    """Fill the cache."""
    answers = key_file.read(EXERCISE.public_key, EXERCISE.hidden_key)
    by_size = {_size(k.case): k.case for k in answers.cases}
    files = samples()
    place, function = cache.location(), EXERCISE.function
    returned, programs = warm.fill(place, EXERCISE.warmup, function, files, list(by_size.values()))
    print(
        f"The compile cache is warm: {len(files)} samples returned {returned} times,"
        f" {programs} programs are kept."
    )
    return int(returned == 0)


if __name__ == "__main__":
    sys.exit(main())
