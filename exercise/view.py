"""What the diagnosis looks at, and the plain questions that it asks of it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from grader.key import Key, KeyCase
from grader.observation import Returned
from grader.run import Run
from grader.source import Source

Faults = tuple[str, ...]


@dataclass(frozen=True)
class View:
    """A run with its key and its source; `matches` tells which cases are right, by id."""

    source: Source
    key: Key
    run: Run
    second: Run | None
    matches: dict[str, bool]

    def returned(self) -> Iterator[tuple[KeyCase, Returned]]:
        """The cases on which the function returned something."""
        for case in self.key.cases:
            seen = self.run.seen.get(case.case.id)
            if isinstance(seen, Returned):
                yield case, seen

    def shown_case(self) -> KeyCase | None:
        """The public case that evidence is quoted from: wrong, and of several copies if any is."""
        wrong = [k for k in self.key.public if not self.matches.get(k.case.id, True)]
        several = [k for k in wrong if k.case.integer("n_copies") != 1]
        return next(iter(several or wrong), None)

    def same_for_all_seeds(self) -> bool:
        """Tell whether the two public cases that differ only in the seed have the same answer."""
        first, second, *_ = (k.case for k in self.key.public)
        answers = [self.run.seen.get(c.id) for c in (first, second)]
        arrays = [a.array for a in answers if isinstance(a, Returned) and a.array is not None]
        if len(arrays) != 2 or arrays[0].shape != arrays[1].shape or not arrays[0].size:
            return False
        same = np.allclose(arrays[0], arrays[1], rtol=1e-5, atol=1e-5)
        return bool(same and np.abs(arrays[0]).max() > 1e-6)

    def loops_over_init(self) -> bool:
        """Tell whether one more copy costs one more call of init."""
        counts = self.run.init_calls
        cases = [k.case for k in self.key.public if k.case.id in counts]
        if len(cases) != 2:
            return False
        copies = [c.integer("n_copies") for c in cases]
        calls = [counts[c.id] for c in cases]
        return calls[1] - calls[0] >= copies[1] - copies[0] > 0
