"""Which copies enter: what the loop runs over, and which copy a turn takes.

JAX counts a negative index from the end, and takes the last element for one past it.
"""

from collections.abc import Callable, Iterable

import numpy as np

from exercise import facts
from exercise.model.inputs import Inputs
from grader.core.source import Source
from grader.search import RARE, USUAL, Row

SHORT, TWICE = ("missing-copy",), ("first-copy-twice",)
Looped = tuple[np.ndarray, list[int]]  # outputs (copies, features), what the loop runs over


def _over(turns: Callable[[Inputs], Iterable[int]]) -> Callable[[np.ndarray, Inputs], Looped]:
    return lambda outputs, c: (outputs, list(turns(c)))


def _take(
    place: Callable[[int, list[int]], int],
) -> Callable[[Looped, Inputs], np.ndarray]:
    """The outputs that enter (turns, features); `place` is given the turn and what all run over."""

    def taken(looped: Looped, _: Inputs) -> np.ndarray:
        outputs, turns = looped
        last = len(outputs) - 1
        at = [place(turn, turns) for turn in range(len(turns))]
        # Faster than NumPy's clip: there are few turns, and programs without end.
        return np.asarray(outputs[[i if 0 <= i <= last else _kept(i, last) for i in at]])

    return taken


def _kept(i: int, last: int) -> int:
    """The index that JAX takes for one from the end, or past it."""
    return min(max(i + last + 1, 0) if i < 0 else i, last)


def _turns(m: int) -> Callable[[np.ndarray, Inputs], Looped]:
    return _over(lambda _: range(m))


def _at_most(m: int) -> Callable[[np.ndarray, Inputs], Looped]:
    return _over(lambda c: range(min(c.n, m)))


def _is_written(m: int) -> Callable[[Source], bool]:
    return lambda source: m in facts.fixed_counts(source)


TURNS = (
    Row("range(n_copies)", _over(lambda c: range(c.n)), cost=0),
    Row("range(n_copies - 1)", _over(lambda c: range(c.n - 1)), SHORT,
        "The last copy is not in the answer."),
    Row("range(1, n_copies)", _over(lambda c: range(1, c.n)), SHORT,
        "The first copy is not in the answer."),
    Row("the first only", _over(lambda c: [0]), SHORT,
        "Only the first of {n} copies is in the answer, once."),
    Row("the last only", _over(lambda c: [c.n - 1]), SHORT,
        "Only the last of {n} copies is in the answer, once.", RARE),
    Row("all but the first and the last", _over(lambda c: range(1, c.n - 1)), SHORT,
        "Neither the first nor the last copy is in the answer.", RARE),
    Row("the first, then all", _over(lambda c: [0, *range(c.n)]), TWICE,
        "The first copy enters once more, besides the {n} turns over the copies."),
    Row("the first, then all but the last", _over(lambda c: [0, *range(c.n - 1)]), (*TWICE, *SHORT),
        "The first copy counts twice, and the last one not at all."),
    Row("the last, then all", _over(lambda c: [c.n - 1, *range(c.n)]), (),
        "The last copy enters once more, besides the {n} turns over the copies.", RARE),
    Row("range(n_copies + 1)", _over(lambda c: range(c.n + 1)), (),
        "The loop makes {one_more} turns for {n} copies, and JAX takes the last copy once more.", RARE),
    Row("range(1, n_copies + 1)", _over(lambda c: range(1, c.n + 1)), SHORT,
        "The first copy is left out, and the last one counts twice: its index is past the end.", RARE),
    Row("range(features)", _over(lambda c: range(c.f)), SHORT,
        "The loop makes as many turns as there are features ({f}).", RARE),
    Row("range(len(x))", _over(lambda c: range(c.d)), SHORT,
        "The loop makes as many turns as x has elements ({d}).", RARE),
    Row("a buffer of features rows", _over(lambda c: range(min(c.n, c.f))), SHORT,
        "Copies past the number of features ({f}) are not in the answer.", RARE),
    Row("at most len(x)", _over(lambda c: range(min(c.n, c.d))), SHORT,
        "Copies past the length of x ({d}) are not in the answer.", RARE),
    Row("every second", _over(lambda c: range(0, c.n, 2)), SHORT,
        "Only every second copy is in the answer.", RARE),
    Row("the first half", _over(lambda c: range(c.n // 2)), SHORT,
        "Only the first half of the copies is in the answer.", RARE),
    Row("range(n_copies - 2)", _over(lambda c: range(c.n - 2)), SHORT,
        "The last two copies are not in the answer.", RARE),
    *(Row(f"range({m})", _turns(m), SHORT,
          f"There are {m} outputs in the total, however many copies there are.", RARE, _is_written(m))
      for m in (2, 3, 4, 5, 8, 10)),
    *(Row(f"at most {m}", _at_most(m), SHORT,
          f"Copies past the first {m} are not in the answer.", RARE)
      for m in range(2, 17)),
)  # fmt: skip

INDEX = (
    Row("i", _take(lambda k, t: t[k]), cost=0),
    Row("i when it is called", _take(lambda k, t: t[-1]), ("late-bound-lambda",),
        "Every turn took the last turn's copy; the others are not in your answer.",
        USUAL),
    Row("i when it is called, backwards", _take(lambda k, t: t[0]), ("late-bound-lambda",),
        "Every turn took the last turn's copy, which is the first; the others are not in your answer.",
        RARE),
    Row("i when it is called, after the first", _take(lambda k, t: t[-1] if k else t[0]),
        ("late-bound-lambda",),
        "Every turn after the first took the last turn's copy.",
        RARE),
    Row("always 0", _take(lambda k, t: 0), SHORT,
        "Every turn takes the first copy; the other {short} are not in the answer.",
        shown=facts.fixed_index),
    Row("always -1", _take(lambda k, t: -1), SHORT,
        "Every turn takes the last copy; the other {short} are not in the answer.", RARE,
        facts.fixed_index),
    Row("always 1", _take(lambda k, t: 1), SHORT,
        "Every turn takes the second copy; the others are not in the answer.", RARE,
        facts.fixed_index),
    Row("i + 1", _take(lambda k, t: t[k] + 1), SHORT,
        "Turn i takes copy i + 1: the first copy is left out, and the last one counts twice, as JAX "
        "takes it for an index past the end."),
    Row("i - 1", _take(lambda k, t: max(t[k] - 1, 0)), SHORT,
        "Turn i takes copy i - 1, and the first turn the first: the last copy is left out.", RARE),
    Row("i // 2", _take(lambda k, t: t[k] // 2), SHORT,
        "Turn i takes copy i // 2: two turns share a copy.", RARE),
    Row("i % 2", _take(lambda k, t: t[k] % 2), SHORT,
        "The turns take the first two copies by turns.", RARE),
)  # fmt: skip
