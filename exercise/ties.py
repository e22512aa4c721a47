"""Chooses between explanations that the outputs do not tell apart, by what the source shows."""

from collections.abc import Callable

from exercise import facts
from grader.source import Source

Faults = tuple[str, ...]

SUPPORT: dict[str, Callable[[Source], object]] = {
    "late-bound-lambda": facts.late_binding,
    "overwritten-accumulator": facts.overwriting,
    "shared-key": facts.single_key,
    "missing-copy": lambda s: facts.early_return(s) or facts.skipping(s),
    "divided-twice": lambda s: len(facts.divisions(s)) > 1,
    "sum-not-mean": lambda s: not facts.divisions(s),
    "wrong-layer": facts.unusual_layer,
}


def choose(explanations: list[Faults], source: Source) -> list[Faults]:
    """Order explanations, the best first, and drop those that are clearly worse.

    Fewer faults that the source does not show come first, then fewer faults. What remains beside
    the first is as good as it.
    """
    unique = list(dict.fromkeys(tuple(dict.fromkeys(e)) for e in explanations))
    if not source.nodes:
        return unique
    divisor = [e for e in unique if "wrong-divisor" in e]
    if divisor and len(divisor) < len(unique) and facts.odd_divisor(source):
        unique = divisor
    shown = {fault: bool(test(source)) for fault, test in SUPPORT.items()}

    def rank(explanation: Faults) -> tuple[int, int]:
        # A divisor that fits a copy's absence counts with it: n - 1 copies divided by n - 1.
        without = tuple(f for f in explanation if f != "wrong-divisor")
        length = len(without if without in unique else explanation)
        return sum(not shown.get(fault, True) for fault in explanation), length

    best = min(map(rank, unique))
    return [e for e in unique if rank(e) == best]
