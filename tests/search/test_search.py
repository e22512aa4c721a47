"""The search over an error model, on a model that has nothing to do with the exercise."""

import sys
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.search import Answer, Model, Row, Step, build_index, find
from grader.search.find import SLACK, fits
from grader.search.predict import Predictor
from grader.search.space import blocks, every, numbers_of


@dataclass(frozen=True)
class Prices:
    """Inputs of a toy exercise: the sum of prices with tax, rounded to whole numbers."""

    prices: np.ndarray


MODEL = Model(
    (
        Step(
            "take",
            (
                Row("all", lambda _, c: c.prices, cost=0),
                Row("all but the last", lambda _, c: c.prices[:-1], ("short",)),
                Row("the eleventh", lambda _, c: c.prices[10], ("short",), cost=3),
            ),
        ),
        Step(
            "tax",
            (
                Row("a fifth", lambda v, _: v * 1.2, cost=0),
                Row("none", lambda v, _: v, ("untaxed",)),
                Row("twice", lambda v, _: v * 1.44, ("taxed-twice",), cost=3),
            ),
        ),
        Step(
            "end",
            (
                Row("sum", lambda v, _: v.sum(), cost=0),
                Row("mean", lambda v, _: v.mean(), ("mean",)),
                Row("sum, once more", lambda v, _: v.sum() + 0.0, ("alike",)),
            ),
        ),
    ),
    limit=5,
)
CASES = (Prices(np.array([3.0, 4.0, 8.0])), Prices(np.array([1.0, 10.0])))


def test_programs_come_cheapest_first_and_within_the_limit() -> None:
    """No program costs more than the limit; the reference is the first and costs nothing."""
    costs = [_cost(program) for program in every(MODEL)]
    assert costs == sorted(costs)
    assert costs[0] == 0
    assert max(costs) <= MODEL.limit
    assert next(every(MODEL)) == (0, 0, 0)


def test_every_choice_of_rows_within_the_limit_is_there_once() -> None:
    """What is numbered is all of the model, without a repetition."""
    listed = list(every(MODEL))
    assert len(set(listed)) == len(listed)
    rows = [range(len(step.rows)) for step in MODEL.steps]
    wanted = {
        (a, b, c)
        for a in rows[0]
        for b in rows[1]
        for c in rows[2]
        if _cost((a, b, c)) <= MODEL.limit
    }
    assert set(listed) == wanted


def test_a_number_stands_for_its_program() -> None:
    """Numbers are decoded without listing what comes before them."""
    assert [numbers_of(MODEL, n) for n in range(len(list(every(MODEL))))] == list(every(MODEL))
    assert blocks(MODEL)[0].first == 0


def _answers(program: tuple[int, ...], *, indexed: bool) -> list[Answer]:
    answers = []
    for place, case in enumerate(CASES):
        value = Predictor(MODEL, case).answer(program)
        assert value is not None
        index = build_index(MODEL, case) if indexed and not place else None
        answers.append(Answer(Predictor(MODEL, case), value, 1e-9, index))
    return answers


def _cost(program: tuple[int, ...]) -> int:
    return sum(s.rows[n].cost for s, n in zip(MODEL.steps, program, strict=True))


def _alike(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    given = [[Predictor(MODEL, case).answer(p) for case in CASES] for p in (a, b)]
    return all(y is not None and fits(x, y, 1e-9) for x, y in zip(*given, strict=True))


@pytest.mark.parametrize("program", [p for p in every(MODEL) if p[0] != 2])
def test_a_program_is_found_by_its_answers(program: tuple[int, ...]) -> None:
    """Every program explains its own answers, and what is found with an index is found without."""
    found = find(MODEL, _answers(program, indexed=True))
    same = [p for p in every(MODEL) if _alike(p, program)]
    assert found[0].numbers == same[0]
    assert [p.numbers for p in found] == [p for p in same if _cost(p) <= _cost(same[0]) + SLACK]


def test_without_an_index_cheap_programs_are_found() -> None:
    """Where no case has an index, what costs little is found all the same."""
    assert find(MODEL, _answers((1, 1, 0), indexed=False))[0].numbers == (1, 1, 0)


@pytest.mark.parametrize(("many", "dearest"), [(100, 5), (3, 4)])
def test_an_answer_that_many_programs_are_near_is_tried_with_cheap_ones(
    many: int, dearest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held to a tolerance that all of them meet, an answer would have every program predicted."""
    monkeypatch.setattr(sys.modules[find.__module__], "MANY", many)
    tried: list[int] = []

    class Coarse(Answer):
        def fits(self, numbers: tuple[int, ...]) -> bool:
            tried.append(_cost(numbers))
            return False

    index = build_index(MODEL, CASES[0])
    assert find(MODEL, [Coarse(Predictor(MODEL, CASES[0]), np.ones(1), 1e9, index)]) == []
    assert max(tried) == dearest


def test_all_programs_that_fit_are_given() -> None:
    """Two rows that do the same are both found: the search decides nothing."""
    found = find(MODEL, _answers((1, 0, 0), indexed=True))
    assert [p.faults for p in found] == [("short",), ("short", "alike")]


def test_one_answer_that_does_not_fit_rules_a_program_out() -> None:
    """All cases decide."""
    first, second = _answers((1, 0, 0), indexed=True)
    changed = Answer(second.predictor, second.values + 1, second.tolerance)
    assert find(MODEL, [first, changed]) == []


def test_a_program_that_raises_explains_no_answer() -> None:
    """A row that raises has no prediction, and is not in an index."""
    assert Predictor(MODEL, CASES[0]).answer((2, 0, 0)) is None
    raising = [n for n, p in enumerate(every(MODEL)) if p[0] == 2]
    assert not set(raising) & set(build_index(MODEL, CASES[0]).numbers.tolist())


NUMBERS = st.floats(-1e6, 1e6) | st.sampled_from([np.nan, np.inf, -np.inf])


@given(st.lists(NUMBERS, min_size=1, max_size=4))
@np.errstate(all="ignore")
def test_an_answer_fits_itself(values: list[float]) -> None:
    """Numbers, NaN and infinities equal themselves, in whatever shape."""
    array = np.array(values)
    assert fits(array, array, 1e-9)
    assert fits(array, array[None, :], 1e-9)
    assert not fits(array, np.append(array, 0.0), 1e-9)


@given(st.sampled_from([np.nan, np.inf, -np.inf]))
def test_an_answer_that_is_no_number_is_found(value: float) -> None:
    """NaN and infinities are sorted into the index, and found there."""
    steps = (Step("only", (Row("zero", lambda *_: 0.0, cost=0), Row("odd", lambda *_: value))),)
    model = Model(steps)
    answer = Answer(Predictor(model, CASES[0]), np.array(value), 1e-9, build_index(model, CASES[0]))
    assert [p.numbers for p in find(model, [answer])] == [(1,)]
