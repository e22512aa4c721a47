"""The inputs of a case as the error model's rows see them."""

from dataclasses import dataclass

import numpy as np

from grader.core.key import KeyCase


@dataclass(frozen=True)
class Inputs:
    """One case: x is float64 (d,); `kernels` are float32 (copies, d, f), by the name of their keys.

    `n` copies, `f` features, `d` elements of x.
    """

    seed: int
    x: np.ndarray
    n: int
    f: int
    kernels: dict[str, np.ndarray]

    @property
    def d(self) -> int:
        """The length of x."""
        return len(self.x)

    def drawn(self, keys: str) -> np.ndarray:
        """The kernels (copies, len(x), features) of some keys; raises ValueError where such keys cannot be made."""
        if keys not in self.kernels:
            raise ValueError(f"no {keys} for seed {self.seed}")
        return self.kernels[keys]

    @classmethod
    def of(cls, case: KeyCase) -> "Inputs":
        """The inputs of a case of the key."""
        given = case.case
        return cls(
            given.integer("seed"),
            given.array("x").astype(np.float64),
            given.integer("n_copies"),
            given.integer("features"),
            case.parts,
        )

    def words(self) -> dict[str, int]:
        """What sentences may quote."""
        return {
            "seed": self.seed,
            "n": self.n,
            "f": self.f,
            "d": self.d,
            "short": self.n - 1,
            "one_more": self.n + 1,
            "squared": self.n * self.n,
            "twice": 2 * self.n,
        }
