"""The faults that a report may name, a record each, in the order in which they are read.

Their wording is in faults.toml. What gives a fault away in an answer is said by the rows of the
error model (exercise/model), and for exceptions by exercise/findings/raised.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

from exercise import facts
from grader.core.source import Source

FUNCTION = "custom_lift_forward"
Finder = Callable[[Source], int | None]


def _result(source: Source) -> int | None:
    return facts.result_line(source, FUNCTION)


def _division(source: Source) -> int | None:
    lines = facts.divisions(source)
    return lines[-1] if lines else _result(source)


def _shared_key(source: Source) -> int | None:
    """Where keys are right, the line that gives one of them to init; else the one that makes it."""
    given = facts.plain_init if facts.splits_in_n(source) else facts.key_maker
    return facts.single_key(source) or given(source)


@dataclass(frozen=True)
class FaultKind:
    """A fault: the check that it fails, if one, its line, and what in a source bears it out."""

    id: str
    check: str
    line: Finder = _result
    shown: Callable[[Source], object] | None = None


KINDS = (
    FaultKind("nondeterministic", ""),
    FaultKind("missing-in-axes", "maps-only-the-keys", facts.vmap_line),
    FaultKind("unsliced-params", "every-copy-counts", facts.whole_leaf, facts.whole_leaf),
    FaultKind("not-an-array", "shape"),
    FaultKind("wrong-dtype", "shape", lambda s: facts.low_precision(s) or _result(s)),
    FaultKind("wrong-shape", "shape", lambda s: facts.other_size(s) or _result(s)),
    FaultKind("not-reduced", "shape"),
    FaultKind("wrong-axis", "shape"),
    FaultKind("ignored-seed", "", lambda s: facts.changed_seed(s) or facts.seed_maker(s)),
    FaultKind(
        "shared-key",
        "independent-copies",
        _shared_key,
        facts.single_key,
    ),
    FaultKind("unexpected-keys", "", lambda s: facts.inner_layer(s) or facts.key_maker(s)),
    FaultKind("wrong-layer", "", facts.unusual_layer, facts.unusual_layer),
    FaultKind("changed-input", "", facts.changed_input, facts.changed_input),
    FaultKind("late-bound-lambda", "every-copy-counts", facts.late_binding, facts.late_binding),
    FaultKind("overwritten-accumulator", "every-copy-counts", facts.overwriting, facts.overwriting),
    FaultKind(
        "first-copy-twice",
        "every-copy-counts",
        lambda s: facts.accumulator_start(s) or _result(s),
    ),
    FaultKind(
        "missing-copy",
        "every-copy-counts",
        lambda s: facts.early_return(s) or facts.skipping(s) or facts.fixed_index(s),
        lambda s: facts.early_return(s) or facts.skipping(s),
    ),
    FaultKind("sum-not-mean", "mean-not-sum", _result, lambda s: not facts.divisions(s)),
    FaultKind("wrong-divisor", "mean-not-sum", _division),
    FaultKind("divided-twice", "mean-not-sum", _division, lambda s: len(facts.divisions(s)) > 1),
)
BY_ID = {kind.id: kind for kind in KINDS}
ORDER = tuple(BY_ID)


def of_check(check: str) -> tuple[str, ...]:
    """The ids of the faults that fail a check."""
    return tuple(kind.id for kind in KINDS if kind.check == check)


def in_order(ids: set[str]) -> tuple[str, ...]:
    """Ids in the order in which they are read."""
    return tuple(sorted(ids, key=ORDER.index))
