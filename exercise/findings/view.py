"""What the diagnosis looks at, and the plain questions that it asks of it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from grader.core.case import Case
from grader.core.changed_settings import changed_by
from grader.core.key import Key, KeyCase
from grader.core.observation import Observation, Returned
from grader.core.run import Run
from grader.core.source import Source


@dataclass(frozen=True)
class View:
    """A run with its key and its source; `matches` tells which cases are right, by id."""

    source: Source
    key: Key
    run: Run
    second: Run | None
    matches: dict[str, bool]

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings of JAX that the program changes, as it says, or as its source does."""
        return changed_by(self.source, self.run.settings)

    def seen(self) -> Iterator[tuple[KeyCase, Observation]]:
        """The cases that were called, and what came of it."""
        for case in self.key.cases:
            if case.case.id in self.run.seen:
                yield case, self.run.seen[case.case.id]

    def returned(self) -> Iterator[tuple[KeyCase, Returned]]:
        """The cases on which the function returned something."""
        return ((case, seen) for case, seen in self.seen() if isinstance(seen, Returned))

    def has_right_answer(self) -> bool:
        """Tell whether a case of several copies is right; one whose answer is 0 tells nothing."""
        return any(
            self.matches.get(case.case.id, False)
            for case, _ in self.returned()
            if case.case.integer("n_copies") != 1 and case.expected.any()
        )

    def shown_case(self) -> KeyCase | None:
        """The public case that evidence is quoted from: wrong, and of several copies if any is."""
        wrong = [k for k in self.key.public if not self.matches.get(k.case.id, True)]
        several = [k for k in wrong if k.case.integer("n_copies") != 1]
        return next(iter(several or wrong), None)

    def same_for_other_seed(self) -> tuple[Case, Case] | None:
        """Two public cases that differ in the seed alone, if their answers are alike and not 0."""
        given = [k.case for k, _ in self.returned() if k.case.public]
        for a, b in itertools.combinations(given, 2):
            if a.integer("n_copies") == 1 or not _differ_in_seed_alone(a, b):
                continue
            one, other = (self.run.seen[case.id] for case in (a, b))
            if not isinstance(one, Returned) or not isinstance(other, Returned):
                continue
            x, y = one.array, other.array
            if x is None or y is None or x.shape != y.shape or not np.abs(x).sum() > 1e-6:
                continue
            if np.allclose(x, y, rtol=1e-5, atol=1e-5):
                return a, b
        return None

    def loops_over_init(self) -> bool:
        """Tell whether one more copy costs one more call of init."""
        counts = self.run.init_calls
        cases = [k.case for k in self.key.public if k.case.id in counts]
        if len(cases) != 2:
            return False
        copies = [c.integer("n_copies") for c in cases]
        calls = [counts[c.id] for c in cases]
        return calls[1] - calls[0] >= copies[1] - copies[0] > 0


def _differ_in_seed_alone(a: Case, b: Case) -> bool:
    same_but_seed = replace(a, arguments={**a.arguments, "seed": b.arguments["seed"]})
    return same_but_seed.is_as(b) and not a.is_as(b)
