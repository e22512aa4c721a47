"""Submissions that are alike beyond names and formatting, for the instructor alone (pure, trusted).

Programs become sequences of syntax: no comments, no layout, names of their own put out. Of each
sequence some fingerprints are kept (winnowing: Schleimer, Wilkerson and Aiken, 2003). What the
course hands out, and what many write, says nothing. What is left is a reason to look, and no more:
short programs with one purpose are alike by themselves.
"""

import ast
import builtins
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from grader.bulk.results import Results
from grader.exercise import Exercise
from grader.source import Source

SCHEMA = "lift-grader/alike/1"
GRAM, WINDOW = 14, 5  # nodes of syntax in a fingerprint; so many lie beside each one that is kept
FEWEST, SHARE = 8, 0.6  # fingerprints that two have in common, and of the one that has fewer
FEW, MANY = 5, 40  # programs: what more than a third, or than so many, have is how it is done
_BUILTINS = frozenset(dir(builtins))
_SKIPPED = (ast.Import, ast.ImportFrom, ast.alias, ast.expr_context)


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
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def listed(groups: Sequence[Alike]) -> Listed:
    """Groups without their texts."""
    return Listed(
        SCHEMA, tuple(tuple(Named(m.id, m.lines) for m in group.members) for group in groups)
    )


@dataclass(frozen=True)
class _Program:
    """The syntax of a source, node by node, and the line of each."""

    nodes: tuple[str, ...]
    lines: tuple[int, ...]

    def grams(self) -> list[tuple[bytes, int]]:
        """The digest of each run of nodes, and where it begins."""
        return [
            (_digest(self.nodes[start : start + GRAM]), start)
            for start in range(len(self.nodes) - GRAM + 1)
        ]

    def fingerprints(self) -> dict[bytes, list[int]]:
        """Of any so many digests side by side the smallest, and where each is."""
        grams, kept = self.grams(), defaultdict[bytes, list[int]](list)
        for start in range(max(1, len(grams) - WINDOW + 1) if grams else 0):
            digest, place = min(grams[start : start + WINDOW], key=lambda g: (g[0], -g[1]))
            if place not in kept[digest]:
                kept[digest].append(place)
        return kept

    def spans(self, places: Iterable[int]) -> tuple[tuple[int, int], ...]:
        """The lines that some runs of nodes cover, those side by side as one."""
        covered = sorted({ln for p in places for ln in self.lines[p : p + GRAM]})
        spans: list[tuple[int, int]] = []
        for line in covered:
            if spans and line <= spans[-1][1] + 1:
                spans[-1] = (spans[-1][0], line)
            else:
                spans.append((line, line))
        return tuple(spans)


def find_alike(exercise: Exercise, results: Results) -> tuple[Alike, ...]:
    """Compare the sources of a bulk run with each other."""
    pages = exercise.wording.faults.values()
    handed_out = [exercise.stub.read_text("utf-8"), *(t for p in pages for t in (p.wrong, p.right))]
    if exercise.right_answer.is_file():
        handed_out.append(exercise.right_answer.read_text("utf-8"))
    sources = {result.id: result.source for result in results if result.source}
    return alike(sources, handed_out)


def alike(sources: Mapping[str, Sequence[str]], handed_out: Sequence[str]) -> tuple[Alike, ...]:
    """Give the groups: the largest first. The lines of `handed_out` do not count."""
    known = {digest for text in handed_out for digest, _ in _program(text).grams()}
    programs = {id: _program("\n".join(lines)) for id, lines in sorted(sources.items())}
    prints = {id: program.fingerprints() for id, program in programs.items()}
    having = Counter(
        digest
        for id in {programs[id].nodes: id for id in reversed(programs)}.values()
        for digest in prints[id]
    )
    most = min(MANY, max(FEW, len(programs) // 3))
    own = {
        id: {d: places for d, places in found.items() if d not in known and having[d] <= most}
        for id, found in prints.items()
    }
    pairs = _pairs(own)
    groups = _groups(pairs)
    return tuple(Alike(tuple(_members(group, pairs, own, programs, sources))) for group in groups)


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
    found = {min(group): sorted(group) for group in groups.values()}
    return sorted(found.values(), key=lambda group: (-len(group), group[0]))


def _members(
    group: Sequence[str],
    pairs: Mapping[tuple[str, str], set[bytes]],
    own: Mapping[str, Mapping[bytes, list[int]]],
    programs: Mapping[str, _Program],
    sources: Mapping[str, Sequence[str]],
) -> Iterator[Member]:
    for id in group:
        shared = {digest for pair, both in pairs.items() if id in pair for digest in both}
        spans = programs[id].spans(place for digest in shared for place in own[id][digest])
        text = [line for first, last in spans for line in sources[id][first - 1 : last]]
        yield Member(id, spans, tuple(text))


def _program(text: str) -> _Program:
    """Read a source; what is no Python, or long, has no nodes."""
    source = Source.parse(text.encode("utf-8", "replace"))
    bound = {name for node in source.nodes for name in _bound(node)}
    nodes, lines, line = [], [], 1
    left_out: set[ast.AST] = set()
    for node in source.nodes:
        line = getattr(node, "lineno", line)
        parent = source.parents.get(node)
        if parent in left_out or isinstance(node, _SKIPPED) or _is_note(node, parent):
            left_out.add(node)
            continue
        nodes.append(_word(node, bound))
        lines.append(line)
    return _Program(tuple(nodes), tuple(lines))


def _is_note(node: ast.AST, parent: ast.AST | None) -> bool:
    """Tell a docstring and an annotation, which do nothing."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(parent, ast.arg | ast.AnnAssign):
        return node is parent.annotation
    return isinstance(parent, ast.FunctionDef) and node is parent.returns


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a node gives to something of the student's own."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name


def _word(node: ast.AST, bound: set[str]) -> str:
    """A node in a word: its kind, and what is no name of the student's own."""
    kind = type(node).__name__
    if isinstance(node, ast.Name):
        return "name" if node.id in bound and node.id not in _BUILTINS else f"name {node.id}"
    if isinstance(node, ast.Attribute):
        return f"{kind} {'own' if node.attr in bound else node.attr}"
    if isinstance(node, ast.Constant):
        return f"{kind} {'' if isinstance(node.value, str) else repr(node.value)[:40]}"
    if isinstance(node, ast.keyword):
        return f"{kind} {'own' if node.arg in bound else node.arg}"
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.UnaryOp | ast.BoolOp):
        return f"{kind} {type(node.op).__name__}"
    if isinstance(node, ast.Compare):
        return f"{kind} {' '.join(type(op).__name__ for op in node.ops)}"
    return kind


def _digest(nodes: Sequence[str]) -> bytes:
    return hashlib.blake2b("\0".join(nodes).encode("utf-8", "replace"), digest_size=8).digest()
