"""The inputs that submissions are called with: few shapes (each costs a compilation), many seeds.

Hidden cases come from the course secret, so that this repository does not give them away.
"""

import hashlib
import os
from pathlib import Path

import numpy as np

from grader.case import Case, Value

# (len(x), n_copies, features). Chosen so that no two of n_copies, n_copies +- 1, n_copies ** 2,
# features and len(x) agree on all of them, with features > n_copies + 1 (enough equations to
# recover the weights), n_copies = 1, and len(x) == n_copies (a vmap over x goes through there).
SHAPES = (
    (4, 3, 5),
    (5, 4, 7),
    (3, 1, 4),
    (3, 3, 6),
    (1, 5, 3),
    (4, 4, 4),
    (2, 2, 1),
    (5, 9, 3),
    (6, 3, 4),
)
DEVELOPMENT_SECRET = "development"
SECRET_VARIABLE = "GRADER_COURSE_SECRET"
SECRET_FILE_VARIABLE = "GRADER_COURSE_SECRET_FILE"


def course_secret() -> str:
    """The secret from a file or a variable; a fixed word for development when neither is set."""
    if path := os.environ.get(SECRET_FILE_VARIABLE):
        return Path(path).read_text("utf-8").strip()
    return os.environ.get(SECRET_VARIABLE) or DEVELOPMENT_SECRET


def _case(id: str, public: bool, seed: int, x: np.ndarray, shape: tuple[int, int, int]) -> Case:
    arguments: dict[str, Value] = {"seed": seed, "x": x.astype(np.float32)}
    return Case(id, public, arguments | {"n_copies": shape[1], "features": shape[2]})


def public_cases() -> tuple[Case, ...]:
    """The cases that students may see; the first two differ in nothing but the seed."""
    rng = np.random.default_rng(5)
    out = [
        _case("public-1", True, 0, np.array([-1.0, 0.0, 1.0, 2.0]), SHAPES[0]),
        _case("public-2", True, 7, np.array([-1.0, 0.0, 1.0, 2.0]), SHAPES[0]),
    ]
    for i, s in enumerate(SHAPES[1:], 3):
        out.append(
            _case(
                f"public-{i}",
                True,
                (3, 5, 2**24 + 3, 11, 4, 2**31 - 7, 6, 9)[i - 3],
                np.round(rng.uniform(-2, 2, s[0]) * 2) / 2 + 0.25,
                s,
            )
        )
    return tuple(out)


def hidden_cases(secret: str) -> tuple[Case, ...]:
    """The cases that only graders see, drawn from the secret."""
    digest = hashlib.sha256(f"custom_lift cases 1\n{secret}".encode()).digest()
    rng = np.random.default_rng(list(digest))
    cases = []
    for number, shape in enumerate((*SHAPES, SHAPES[0]), start=1):
        x = rng.uniform(0.5, 2.0, shape[0]) * rng.choice([-1.0, 1.0], shape[0])
        seed = int(rng.integers(1_000, 1_000_000))
        cases.append(_case(f"hidden-{number}", False, seed, x, shape))
    return tuple(cases)
