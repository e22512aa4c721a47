"""The inputs that submissions are called with: few sizes (each costs a compilation), many seeds.

Chosen with `python -m solution.choose`, which says what each is there for. Hidden cases have the
sizes of public ones and come from the course secret: this repository does not give them away.
"""

import hashlib
from collections.abc import Callable

import numpy as np

from grader.core.case import Case

# (len(x), n_copies, features)
BASE = (4, 3, 5)
SQUARE = (4, 3, 4)  # a square kernel; only the width differs from BASE
EQUAL = (4, 4, 4)
TWO = (1, 2, 18)
ONE = (4, 1, 5)
MANY = (21, 17, 1)
SIZES = (BASE, SQUARE, EQUAL, TWO, ONE, MANY)
Size = tuple[int, int, int]


def _signed(rng: np.random.Generator, length: int) -> np.ndarray:
    return rng.uniform(0.5, 2.0, length) * rng.choice([-1.0, 1.0], length)


# Inputs by kind, drawn at any length.
INPUTS: dict[str, Callable[[np.random.Generator, int], np.ndarray]] = {
    "ordinary": _signed,
    "positive": lambda rng, n: rng.uniform(0.5, 2.0, n),
    "negative": lambda rng, n: -rng.uniform(0.5, 2.0, n),
    "large": lambda rng, n: 2.0 ** rng.uniform(15.5, 17.0) * _signed(rng, n),
    "tiny": lambda rng, n: rng.uniform(2e-5, 8e-5, n) * rng.choice([-1.0, 1.0], n),
    "zero": lambda _rng, n: np.zeros(n),
    "whole": lambda rng, n: rng.integers(10, 99, n) * rng.choice([-1.0, 1.0], n),
    "equal": lambda rng, n: np.full(n, rng.uniform(0.5, 2.0)),
    "falling": lambda rng, n: 2.0 - 4.0 * (np.arange(n) + rng.uniform(0, 0.9)) / n,
}
SEEDS: dict[str, Callable[[np.random.Generator], int]] = {
    "ordinary": lambda rng: int(rng.integers(100_000, 1_000_000)),
    "beyond-2-24": lambda rng: int(rng.integers(2**27, 2**28)) * 2 + 1,  # no float32
    "near-2-31": lambda rng: 2**31 - 1 - 2 * int(rng.integers(2, 2**12)),
    "negative": lambda rng: -int(rng.integers(100_000, 1_000_000)),
    "zero": lambda _rng: 0,
    "one": lambda _rng: 1,
    "forty-two": lambda _rng: 42,
}

# Public cases: size, seed, x, as students meet them.
RAMP = (-1.0, 0.0, 1.0, 2.0)
PUBLIC: tuple[tuple[Size, int, tuple[float, ...]], ...] = (
    (BASE, 0, RAMP),
    (BASE, 7, RAMP),  # the seed alone
    (BASE, 7, (-1.0, 2.0, 0.0, 1.0)),  # the order of x alone
    (SQUARE, 7, RAMP),  # features alone
    (ONE, 7, RAMP),  # n_copies alone
    (MANY, 7, tuple(3.0 - 0.25 * i for i in range(21))),
    (EQUAL, -1, (-1.5, -1.5, -1.5, -1.5)),
    (TWO, 2**31 - 1, (40_000.0,)),
    (TWO, 3, (0.0,)),
    (BASE, 0, RAMP),  # the first call again
)
# Hidden cases: size, kind of seed, kind of x. "same" is the seed of the case before, with an x that
# begins with the same number and has the same whole parts.
HIDDEN: tuple[tuple[Size, str, str], ...] = (
    (BASE, "beyond-2-24", "ordinary"),
    (BASE, "same", "same"),
    (SQUARE, "near-2-31", "positive"),
    (EQUAL, "one", "negative"),
    (TWO, "beyond-2-24", "tiny"),
    (ONE, "negative", "large"),
    (MANY, "forty-two", "ordinary"),
)


def case(id: str, public: bool, size: Size, seed: int, x: np.ndarray) -> Case:
    """One case of a size (len(x), n_copies, features); x is (len(x),)."""
    _, n_copies, features = size
    given = {"seed": seed, "x": x.astype(np.float32), "n_copies": n_copies, "features": features}
    return Case(id, public, given)


def public_cases() -> tuple[Case, ...]:
    """The cases that students may see; the first two differ in nothing but the seed."""
    return tuple(
        case(f"public-{number}", True, size, seed, np.array(x))
        for number, (size, seed, x) in enumerate(PUBLIC, start=1)
    )


def hidden_cases(secret: str) -> tuple[Case, ...]:
    """The cases that only graders see, drawn from the secret."""
    digest = hashlib.sha256(f"custom_lift cases 2\n{secret}".encode()).digest()
    rng = np.random.default_rng(list(digest))
    drawn: list[Case] = []
    for number, (size, seed_kind, x_kind) in enumerate(HIDDEN, start=1):
        if seed_kind == "same":
            seed, x = drawn[-1].integer("seed"), _alike(rng, drawn[-1].array("x"))
        else:
            seed, x = SEEDS[seed_kind](rng), INPUTS[x_kind](rng, size[0])
        drawn.append(case(f"hidden-{number}", False, size, seed, x))
    return tuple(drawn)


def _alike(rng: np.random.Generator, x: np.ndarray) -> np.ndarray:
    """Another x with the same first number and the same whole parts."""
    whole = np.trunc(x)
    other = whole + np.sign(x) * rng.uniform(0.55, 0.95, len(x))
    other[0] = x[0]
    return other
