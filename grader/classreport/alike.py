"""Submissions that are alike beyond names and formatting, for the instructor alone (pure, trusted).

Programs become sequences of syntax: no comments, no layout, names of their own left out. Of each
sequence some fingerprints are kept (winnowing: Schleimer, Wilkerson and Aiken, 2003). What the
course hands out, and what many write, says nothing. What is left is a reason to look, and no more:
short programs with one purpose are alike by themselves.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from grader.classreport.program import program
from grader.core.exercise import Exercise
from grader.core.files import to_json
from grader.results.read import Results

SCHEMA = "lift-grader/alike/1"
FEWEST, SHARE = 8, 0.6  # fingerprints that two have in common, and of the one that has fewer
FEW, MANY = 5, 40  # programs: what more than a third, or than so many, have is how it is done


@dataclass(frozen=True)
class Member:
    """One submission of a group, its lines that others of the group have as well, what they say."""

    id: str
    lines: tuple[tuple[int, int], ...]  # first and last
    text: tuple[str, ...]


@dataclass(frozen=True)
class Alike:
    """Submissions to look at together."""

    members: tuple[Member, ...]


class Named(msgspec.Struct, frozen=True):
    """A member without its text."""

    id: str
    lines: tuple[tuple[int, int], ...]


class Listed(msgspec.Struct, frozen=True):
    """All groups, as JSON has them."""

    schema: str
    groups: tuple[tuple[Named, ...], ...]

    def to_json(self) -> bytes:
        """Give its bytes: indented, in field order, with a final newline."""
        return to_json(self)


def listed(groups: Sequence[Alike]) -> Listed:
    """Groups without their texts."""
    return Listed(
        SCHEMA, tuple(tuple(Named(m.id, m.lines) for m in group.members) for group in groups)
    )


def find_alike(exercise: Exercise, results: Results) -> tuple[Alike, ...]:
    """Compare the sources of a bulk run with each other."""
    pages = exercise.wording.faults.values()
    handed_out = [exercise.stub.read_text("utf-8"), *(t for p in pages for t in (p.wrong, p.right))]
    if exercise.right_answer.is_file():
        handed_out.append(exercise.right_answer.read_text("utf-8"))
    sources = {result.id: result.source for result in results if result.source}
    return alike(sources, handed_out)


def alike(sources: Mapping[str, Sequence[str]], handed_out: Sequence[str]) -> tuple[Alike, ...]:
    """Give the groups: the largest first. The lines of `handed_out` do not count.

    Programs that are equal are compared with others once, whatever their number.
    """
    known = {digest for text in handed_out for digest, _ in program(text).grams()}
    programs = {id: program("\n".join(lines)) for id, lines in sorted(sources.items())}
    equal: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id, read in programs.items():
        equal[read.nodes].append(id)
    prints = {ids[0]: programs[ids[0]].fingerprints() for ids in equal.values()}
    having = Counter(digest for found in prints.values() for digest in found)
    most = min(MANY, max(FEW, len(prints) // 3))
    own = {
        id: {d: places for d, places in found.items() if d not in known and having[d] <= most}
        for id, found in prints.items()
    }
    copies = {ids[0]: ids for ids in equal.values()}
    pairs = _pairs(own)
    pairs |= {
        (id, id): set(own[id])
        for id, ids in copies.items()
        if len(ids) > 1 and len(own[id]) >= FEWEST
    }
    shared: dict[str, set[bytes]] = defaultdict(set)
    for pair, both in pairs.items():
        for id in pair:
            shared[id] |= both
    groups = []
    for group in _groups(pairs):
        members = []
        for first in group:
            places = [place for digest in shared[first] for place in own[first][digest]]
            members += [
                _member(id, programs[id].spans(places), sources[id]) for id in copies[first]
            ]
        groups.append(Alike(tuple(sorted(members, key=lambda m: m.id))))
    return tuple(sorted(groups, key=lambda g: (-len(g.members), g.members[0].id)))


def _pairs(own: Mapping[str, Mapping[bytes, list[int]]]) -> dict[tuple[str, str], set[bytes]]:
    """What two have in common, where that is much."""
    by_digest: dict[bytes, list[str]] = defaultdict(list)
    for id, found in own.items():
        for digest in found:
            by_digest[digest].append(id)
    shared: dict[tuple[str, str], set[bytes]] = defaultdict(set)
    for digest, ids in by_digest.items():
        for place, one in enumerate(ids):
            for other in ids[place + 1 :]:
                shared[one, other].add(digest)
    return {
        (one, other): both
        for (one, other), both in shared.items()
        if len(both) >= max(FEWEST, SHARE * min(len(own[one]), len(own[other])))
    }


def _groups(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = groups.get(one, {one}) | groups.get(other, {other})
        groups |= dict.fromkeys(joined, joined)
    return [sorted(group) for group in {min(group): group for group in groups.values()}.values()]


def _member(id: str, spans: tuple[tuple[int, int], ...], lines: Sequence[str]) -> Member:
    return Member(id, spans, tuple(ln for first, last in spans for ln in lines[first - 1 : last]))
