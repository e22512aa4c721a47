"""What is done with a submission, and what was seen of it (trusted side)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from grader.case import Case
from grader.observation import Observation, Raised


@dataclass(frozen=True)
class Again:
    """A repeated call, and how it was made: by keyword, or with NumPy arrays."""

    case: Case
    how: str
    seen: Observation


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
    `settings` are those of JAX that it says it left changed (`grader.settings`).
    """

    status: str
    seen: dict[str, Observation] = field(default_factory=dict)
    again: tuple[Again, ...] = ()
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


@dataclass(frozen=True)
class Plan:
    """What a run does besides calling each case: repeated calls and observed ones."""

    cases: Sequence[Case]
    by_keyword: Sequence[Case] = ()
    with_numpy: Sequence[Case] = ()
    traced: Sequence[Case] = ()
    observed: Sequence[Case] = ()
