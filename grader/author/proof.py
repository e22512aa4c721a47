"""What is proved of an exercise before it is built: that its cases tell its programs apart.

Each pitfall, and each pair of them, has to differ from the reference on some case, and from each
other, or it is listed with the reason. The tolerance lies in the gap between what the reference
gives in other legitimate ways (compiled, mapped, in 64 bits) and the nearest wrong program.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader import wire
from grader.authored.outcome import Outcome, outcome, same, same_form, scale
from grader.authored.view import REFERENCE
from grader.core.observation import parse

USUAL = 2e-5  # the tolerance where there is room for it
ROOM = 4.0  # between a tolerance and what it lies between
OTHER_NUMBERS = 1e-2  # a variant that is off by more draws other numbers: none of the same
# What the same numbers may be off by that are added in another order, as other programs do.
NOISE = (2.5e-6, "float32 in another order")
Row = Sequence[wire.Answer]  # a program's answers, case by case


@dataclass(frozen=True)
class Proof:
    """The tolerance, what it lies between, what is left to say, and why it cannot be built.

    A trouble has the fault that it is about, if it is about one.
    """

    tolerance: float
    legitimate: tuple[float, str]
    nearest: tuple[float, str]
    remarks: tuple[str, ...]
    troubles: tuple[tuple[str, str], ...]


def prove(
    programs: Mapping[str, Row], variants: Mapping[str, Sequence[tuple[int, wire.Answer]]]
) -> Proof:
    """Prove it of what programs answer, by name, and of the reference's variants on some cases."""
    outcomes = {name: [_look(answer) for answer in row] for name, row in programs.items()}
    right = outcomes[REFERENCE]
    legitimate, remarks = _legitimate(right, variants)
    off = {name: _apart(row, right) for name, row in outcomes.items() if name != REFERENCE}
    nearest = min(((far, name) for name, far in off.items() if far > 0), default=(math.inf, ""))
    tolerance = _between(legitimate[0], nearest[0])
    troubles = [
        (name, f"{name} gives the reference's answer on every case: no case tells them apart")
        for name, row in outcomes.items()
        if name and "+" not in name and _equal(row, right, tolerance)
    ]
    if legitimate[0] * ROOM > tolerance or tolerance * ROOM > nearest[0]:
        why = (
            f"there is no room for a tolerance: {legitimate[1]} is off by {legitimate[0]:.1e}, "
            f"and {nearest[1]} by no more than {nearest[0]:.1e}"
        )
        troubles.append((nearest[1].partition("+")[0], why))
    return Proof(
        tolerance,
        legitimate,
        nearest,
        (*remarks, *_alike(outcomes, tolerance)),
        tuple(troubles),
    )


def _look(answer: wire.Answer) -> Outcome:
    return outcome(parse(answer, whole=True))


def _legitimate(
    right: Sequence[Outcome], variants: Mapping[str, Sequence[tuple[int, wire.Answer]]]
) -> tuple[tuple[float, str], list[str]]:
    """How far the reference is from itself, in which way; and which ways are none."""
    found, left_out = [NOISE], []
    for name, answers in variants.items():
        off = max((_distance(_look(answer), right[case]) for case, answer in answers), default=0.0)
        if off > OTHER_NUMBERS:
            left_out.append(f"{name}: the reference raises or gives other things; not compared")
        else:
            found.append((off, name))
    return max(found), left_out


def _between(legitimate: float, nearest: float) -> float:
    """The usual tolerance if it has room, else the middle, as floats are far from each other."""
    if legitimate * ROOM <= USUAL and nearest >= USUAL * ROOM:
        return USUAL
    if not math.isfinite(nearest):
        return legitimate * ROOM
    return math.sqrt(legitimate * nearest)


def _distance(a: Outcome, b: Outcome) -> float:
    """How far two calls are apart, relative to the second's numbers; infinite in other forms."""
    if a.raised or b.raised or a.kinds != b.kinds or a.leaves.keys() != b.leaves.keys():
        return 0.0 if a.raised and a.raised == b.raised else math.inf
    apart = [0.0]
    for path, leaf in a.leaves.items():
        other = b.leaves[path]
        if not same_form(leaf, other) or a.changes != b.changes:
            return math.inf
        if leaf.values is not None and other.values is not None and leaf.values.size:
            if not np.isfinite(leaf.values - other.values).all():
                return math.inf
            apart.append(float(np.abs(leaf.values - other.values).max()) / scale(other))
    return max(apart)


def _apart(a: Sequence[Outcome], b: Sequence[Outcome]) -> float:
    """How far two programs are apart on the case that tells most."""
    return max(map(_distance, a, b))


def _equal(a: Sequence[Outcome], b: Sequence[Outcome], tolerance: float) -> bool:
    return all(same(x, y, tolerance) for x, y in zip(a, b, strict=True))


def _alike(outcomes: Mapping[str, Sequence[Outcome]], tolerance: float) -> list[str]:
    """Programs of one pitfall or two that do the same on every case, and why."""
    few = [name for name in outcomes if name.count("+") <= 1]
    said = []
    for a, b in itertools.combinations(few, 2):
        if b == REFERENCE or not _equal(outcomes[a], outcomes[b], tolerance):
            continue
        if a == REFERENCE and "+" not in b:
            continue  # a trouble
        simpler = {*a.split("+"), *b.split("+")} if "+" in a and "+" in b else set()
        if any(_equal(outcomes[one], outcomes[a], tolerance) for one in simpler):
            continue  # both are as one of their pitfalls is, which is said there
        said.append(_why(a, b, outcomes[a]))
    return said


def _why(a: str, b: str, row: Sequence[Outcome]) -> str:
    hidden = [fault for fault in b.split("+") if fault not in a.split("+")]
    kept = [fault for fault in b.split("+") if fault in a.split("+")]
    if a == REFERENCE:
        return f"{' and '.join(hidden)} together give the right answer on every case"
    if kept and a == "+".join(kept):
        raises = all(outcome.raised for outcome in row)
        why = "raises on every case" if raises else "leaves nothing of it to be seen"
        return f"{a} hides {' and '.join(hidden)}: it {why}"
    return f"{a} and {b} give the same on every case: a report names both"
