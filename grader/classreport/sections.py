"""The class by sections: the same numbers, and the same map, for each (pure, trusted side)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grader.classreport.facts import Facts
from grader.classreport.overview import Overview, overview
from grader.classreport.patterns import Pattern, patterns
from grader.course.final import Final, Number

NONE = "no section"


@dataclass(frozen=True)
class Section:
    """A section: its numbers, what counts there on average, who was late, its commonest faults.

    The patterns have the numbers that they have on the map of the class.
    """

    name: str
    overview: Overview
    final_mean: Number | None
    late: int
    faults: tuple[tuple[str, int], ...]
    patterns: tuple[Pattern, ...]


def sections(facts: Sequence[Facts], finals: Mapping[str, Final]) -> tuple[Section, ...]:
    """Give the sections in order of names; none where no submission has one."""
    members: dict[str, list[Facts]] = defaultdict(list)
    for f in facts:
        if f.id in finals:
            members[finals[f.id].section].append(f)
    if not any(members):
        return ()
    whole = patterns(facts)
    ordered = sorted(members, key=lambda name: (not name, name))
    return tuple(_section(name or NONE, members[name], finals, whole) for name in ordered)


def _section(
    name: str, facts: Sequence[Facts], finals: Mapping[str, Final], whole: Sequence[Pattern]
) -> Section:
    own = [f.id for f in facts]
    members = frozenset(own)
    scores = [score for id in own if (score := finals[id].score) is not None]
    faults = Counter(fault for f in facts for fault in f.faults)
    kept = (replace(p, students=tuple(s for s in p.students if s in members)) for p in whole)
    return Section(
        name,
        overview(facts),
        round(sum(scores) / len(scores), 1) if scores else None,
        sum((timing := finals[id].timing) is not None and bool(timing.late) for id in own),
        tuple(sorted(faults.items(), key=lambda item: (-item[1], item[0]))),
        tuple(p for p in kept if p.students),
    )
