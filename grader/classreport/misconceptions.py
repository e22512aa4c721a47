"""Which faults a class has, what they cost, and which come together (pure, trusted side)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.classreport.facts import Facts

EXAMPLES = 2


@dataclass(frozen=True)
class Misconception:
    """A fault: who has it, the points it costs the class, and the faults it comes together with.

    `examples` are submissions that show it best: those with a line for it, and few other faults.
    """

    id: str
    students: tuple[str, ...]
    points: Fraction
    together: tuple[tuple[str, int], ...]
    examples: tuple[str, ...]


def misconceptions(facts: Sequence[Facts]) -> tuple[Misconception, ...]:
    """Give all faults of a class, the one that costs most first: that is taught first."""
    ids = dict.fromkeys(fault for f in facts for fault in f.faults)
    found = (_misconception(id, [f for f in facts if id in f.faults]) for id in ids)
    return tuple(sorted(found, key=lambda m: (-m.points, -len(m.students), m.id)))


def _misconception(id: str, having: Sequence[Facts]) -> Misconception:
    others = Counter(other for f in having for other in f.faults if other != id)
    best = sorted(having, key=lambda f: (f.faults[id] is None, len(f.faults), f.id))
    return Misconception(
        id,
        tuple(f.id for f in having),
        sum((f.costs[id] for f in having), Fraction(0)),
        tuple(sorted(others.items(), key=lambda item: (-item[1], item[0]))),
        tuple(f.id for f in best),
    )
