"""The line of the student's file that a fault is most likely on."""

from collections.abc import Callable

from exercise import facts
from grader.source import Source

FUNCTION = "custom_lift_forward"


def line_of(fault: str, source: Source) -> int | None:
    """Give a line for a fault that is known from the numbers, or None."""
    return _FINDERS.get(fault, _result)(source)


def _result(source: Source) -> int | None:
    return facts.result_line(source, FUNCTION)


def _division(source: Source) -> int | None:
    lines = facts.divisions(source)
    return lines[-1] if lines else _result(source)


_FINDERS: dict[str, Callable[[Source], int | None]] = {
    "shared-key": lambda s: facts.single_key(s) or facts.key_maker(s),
    "unsliced-params": facts.whole_leaf,
    "late-bound-lambda": facts.late_binding,
    "first-copy-twice": lambda s: facts.accumulator_start(s) or _result(s),
    "overwritten-accumulator": facts.overwriting,
    "missing-copy": lambda s: facts.early_return(s) or facts.skipping(s),
    "wrong-divisor": _division,
    "divided-twice": _division,
    "ignored-seed": facts.seed_maker,
    "unexpected-keys": facts.key_maker,
    "wrong-layer": facts.unusual_layer,
}
