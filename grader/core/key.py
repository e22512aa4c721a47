"""The answer key: numbers, never code (trusted side).

For each case: its inputs, the expected answer, and what wrong programs would answer: arrays that
the exercise's error model builds answers from, or the answers themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from grader import wire
from grader.core.case import Case
from grader.search.index import Index


@dataclass(frozen=True)
class KeyCase:
    """A case with its expected answer, and what the error model needs to predict wrong ones.

    Where answers are trees, `programs` are what the reference and its pitfalls answer, by their
    names, the reference's is "", and `expected` are its numbers.
    """

    # What it knows is in no representation: a failure of ours may show one, and they are long.
    case: Case
    expected: np.ndarray = field(repr=False)
    parts: dict[str, np.ndarray] = field(repr=False)
    index: Index | None = field(default=None, repr=False)
    programs: Mapping[str, wire.Answer] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Key:
    """Both halves as far as they are at hand; `hidden_count` counts hidden cases, here or not.

    `model` is the digest of the error model that the indexes belong to. Where programs were run
    instead, `steps` are the faults that may stand for each step, and `tolerance` is how far an
    answer may be off, relative to its numbers.
    """

    versions: dict[str, str]
    probe: np.ndarray
    public: tuple[KeyCase, ...]
    hidden: tuple[KeyCase, ...]
    hidden_count: int
    digest: str
    model: str = ""
    is_development: bool = False  # the hidden cases were drawn from a word that is public
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tolerance: float = 0.0

    @property
    def cases(self) -> tuple[KeyCase, ...]:
        """All cases at hand, public ones first."""
        return self.public + self.hidden
