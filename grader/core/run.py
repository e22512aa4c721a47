"""What is done with a submission, and what was seen of it (trusted side)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from grader.core.case import Case
from grader.core.observation import Observation, Raised


@dataclass(frozen=True)
class ModuleCall:
    """One call of a Flax Module while the function ran."""

    type: str
    initialising: bool
    outermost: bool
    default_init: bool
    kernel: np.ndarray | None
    output: np.ndarray | None


@dataclass(frozen=True)
class Run:
    """Status and observations of one submission; `error` is what stopped it, if something did.

    `printed_public` is what it printed while its file was loaded (under "") and in each public case
    that came before any hidden one: the person who handed it in may see it. `printed` is all of it.
    `settings` are those of JAX that it says it left changed (`grader.settings`); `module_answers`
    are what the calls returned whose Modules were observed.
    """

    status: str
    seen: dict[str, Observation] = field(default_factory=dict)
    init_calls: dict[str, int] = field(default_factory=dict)
    module_calls: dict[str, tuple[ModuleCall, ...]] = field(default_factory=dict)
    error: Raised | None = None
    names: tuple[str, ...] = ()
    signature: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    isolation: tuple[str, ...] = ()
    printed: str = ""
    printed_public: dict[str, str] = field(default_factory=dict)
    used: float = 0.0  # seconds of the time limit
    settings: tuple[str, ...] = ()
    module_answers: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def ended_by(self) -> Raised | None:
        """The exception that ended it: while it was loaded, or in the first of its calls."""
        if self.status != "crashed":
            return self.error
        return next((s for s in self.seen.values() if isinstance(s, Raised)), None)


@dataclass(frozen=True)
class Plan:
    """The cases that a run calls, and by their ids the ways in which; the calls that are observed.

    By keyword instead of by position; with NumPy arrays instead of JAX's; with a count of the calls
    that initialise a Module.
    """

    cases: Sequence[Case]
    by_keyword: frozenset[str] = frozenset()
    with_numpy: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    observed: Sequence[Case] = ()
