"""The map of a class: submissions with the same outcome of every check (pure, trusted side)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from grader.classreport.facts import Facts


@dataclass(frozen=True)
class Pattern:
    """A number to name it by, the outcome of each check, the score, and who has it."""

    number: int
    outcomes: tuple[str, ...]
    score: int
    students: tuple[str, ...]


def patterns(facts: Sequence[Facts]) -> tuple[Pattern, ...]:
    """Group submissions by their checks' outcomes: best score first, then those alike together.

    A submission without a score has no outcomes, and is in none.
    """
    groups: dict[tuple[str, ...], list[Facts]] = defaultdict(list)
    for f in facts:
        if f.outcomes and f.score is not None:
            groups[f.outcomes].append(f)
    ordered = sorted(groups.items(), key=lambda g: (-(g[1][0].score or 0), g[0]))
    return tuple(
        Pattern(number, outcomes, members[0].score or 0, tuple(f.id for f in members))
        for number, (outcomes, members) in enumerate(ordered, 1)
    )
