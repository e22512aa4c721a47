"""The programs that did what was seen, and what of it they leave open (trusted side).

A story fits every case, hidden ones included, or it is not told. First everything has to fit; then
the numbers leaf by leaf, in whatever form; then all numbers in their order, in whatever structure.
Where no program explains everything, those are looked for that explain some leaves.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.authored.outcome import (
    Outcome,
    allowed,
    same,
    same_dtype,
    same_exception,
    same_leaf,
    same_numbers,
)
from grader.authored.view import View, name_of
from grader.core.key import KeyCase
from grader.core.tree import Path
from grader.search import Program, every, find

Fits = Callable[[Outcome, Outcome, float], bool]


@dataclass(frozen=True)
class Story:
    """A program, the faults of form in which its answers came, and which leaves it explains.

    One that is told `in_part` explains the calls that returned, or some of the leaves: `paths`.
    `open` are the steps which, wrong besides, would show nothing.
    """

    program: Program
    form: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    in_part: bool = False
    open: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong: form first."""
        return (*self.form, *self.program.faults)


@dataclass(frozen=True)
class _Call:
    """One call, as the search asks for it."""

    view: View
    case: KeyCase
    seen: Outcome
    does: Fits
    first: bool

    def near(self) -> np.ndarray | None:
        """For the first call, all programs that fit it: there are few."""
        if not self.first:
            return None
        numbered = enumerate(every(self.view.model))
        return np.array([number for number, rows in numbered if self.fits(rows)], np.int64)

    def fits(self, rows: tuple[int, ...]) -> bool:
        """Tell whether the program with these rows did this."""
        predicted = self.view.predicted(self.case, name_of(Program(self.view.model.steps, rows)))
        return predicted is not None and self.does(self.seen, predicted, self.view.tolerance)


def tell(view: View) -> list[Story]:
    """Every story that explains everything, the cheapest alone; several of them are ties."""
    for does in (same, _same_by_leaf, same_in_order):
        found = _search(view, does)
        best = _cheapest(found)
        if best:
            hidden = {step for other in found for step in other.replaced}
            return [
                Story(p, _form(view, p), open=tuple(sorted(hidden - p.replaced.keys())))
                for p in best
            ]
    return []


def tell_in_part(view: View) -> Story | None:
    """The one cheapest story that explains all calls that returned, or some of the leaves.

    None where several do.
    """
    some = [program for program in _cheapest(_search(view, same, returned=True)) if program.cost]
    if len(some) == 1:
        return Story(some[0], (), in_part=True)
    wanted = [view.expected(case) for case, _ in view.outcomes]
    shared = set.intersection(*(set(outcome.leaves) for outcome in wanted)) if wanted else set()
    told: dict[Path, list[Program]] = {}
    for path in sorted(shared):
        programs = _cheapest(_search(view, _at(path)))
        if programs and programs[0].cost:
            told[path] = programs
    alone = {name_of(found[0]): found[0] for found in told.values() if len(found) == 1}
    if len(alone) != 1:
        return None
    (program,) = alone.values()
    paths = tuple(
        p for p, found in told.items() if any(name_of(f) == name_of(program) for f in found)
    )
    return Story(program, (), paths, in_part=True)


def _search(view: View, does: Fits, *, returned: bool = False) -> list[Program]:
    """The programs that fit all calls, or all that returned."""
    calls = [(k, seen) for k, seen in view.outcomes if not (returned and seen.raised)]
    calls.sort(key=lambda call: view.matches[call[0].case.id])  # wrong ones tell most
    asked = enumerate(calls)
    return find(view.model, [_Call(view, k, s, does, place == 0) for place, (k, s) in asked])


def _cheapest(programs: list[Program]) -> list[Program]:
    return [program for program in programs if program.cost == programs[0].cost]


def _same_by_leaf(a: Outcome, b: Outcome, tolerance: float) -> bool:
    if a.raised or b.raised:
        return same_exception(a, b)
    return a.leaves.keys() == b.leaves.keys() and all(
        same_numbers(leaf, b.leaves[path], tolerance) for path, leaf in a.leaves.items()
    )


def same_in_order(a: Outcome, b: Outcome, tolerance: float) -> bool:
    """Tell whether two answers have the same numbers one after the other, in any structure."""
    if a.raised or b.raised:
        return same_exception(a, b)
    mine, other = _numbers(a), _numbers(b)
    if not other.size or mine.size != other.size:
        return False
    # Each number is as exact as the leaf is that it should be in: a key's words are large.
    off = [
        np.full(leaf.values.size, allowed(leaf, leaf, tolerance))
        for leaf in b.leaves.values()
        if leaf.values is not None
    ]
    return bool(np.isclose(mine, other, rtol=0, atol=np.concatenate(off), equal_nan=True).all())


def _numbers(outcome: Outcome) -> np.ndarray:
    """All numbers of an answer, leaf after leaf."""
    values = (leaf.values for leaf in outcome.leaves.values())
    return np.concatenate([np.empty(0), *(v.ravel() for v in values if v is not None)])


def _at(path: Path) -> Fits:
    def same_there(a: Outcome, b: Outcome, tolerance: float) -> bool:
        if a.raised or b.raised or path not in a.leaves or path not in b.leaves:
            return False
        return same_leaf(a.leaves[path], b.leaves[path], tolerance)

    return same_there


def _form(view: View, program: Program) -> tuple[str, ...]:
    """What is wrong with the answers beside what the program explains."""
    found: set[str] = set()
    for case, seen in view.outcomes:
        predicted = view.predicted(case, name_of(program))
        if predicted is not None and not seen.raised:
            found.update(form_faults(seen, predicted))
    return tuple(fault for fault in FORMS if fault in found)


FORMS = ("wrong-structure", "wrong-shape", "wrong-dtype", "changed-arguments")


def form_faults(seen: Outcome, wanted: Outcome) -> set[str]:
    """In what an answer differs from another beside its numbers."""
    faults = {"changed-arguments"} if seen.changes and not wanted.changes else set()
    if seen.kinds != wanted.kinds or seen.leaves.keys() != wanted.leaves.keys():
        return faults | {"wrong-structure"}
    for path, leaf in seen.leaves.items():
        other = wanted.leaves[path]
        if leaf.kind != other.kind or leaf.text != other.text:
            faults.add("wrong-structure")
        elif leaf.shape != other.shape:
            faults.add("wrong-shape")
        elif not same_dtype(leaf, other):
            faults.add("wrong-dtype")
    return faults
