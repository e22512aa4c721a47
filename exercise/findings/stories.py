"""The programs of the error model that give all answers of a run, the best borne out first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from exercise import facts
from exercise.faults import BY_ID, in_order
from exercise.findings.form import TOLERANCE, Form, read_form, scale
from exercise.findings.seen import distinct_kernels
from exercise.findings.view import View
from exercise.findings.weights import different_copies
from exercise.model import MODEL, Inputs, scales_twice
from exercise.model.keys import WIDE
from grader.core.errors import GraderError
from grader.core.key import KeyCase
from grader.core.source import Source
from grader.search import Answer, Predictor, Program, Row, find

COARSE = 2e-2  # how exact numbers are that were computed in half precision and given as float32


@dataclass(frozen=True)
class Story:
    """A program that gives all answers, and the faults of form in which they came.

    `contradicted` tells that what was seen, or the source, cannot be so if it is true; `weight` is
    what speaks against it: its cost, and what the source lacks.
    """

    program: Program
    form: tuple[str, ...]
    contradicted: bool = False
    weight: int = 0

    @property
    def faults(self) -> tuple[str, ...]:
        """All its faults, in the order in which they are read."""
        return in_order({*self.form, *self.program.faults})

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the error model that stand in for the reference's."""
        return tuple(self.program.replaced.values())

    @property
    def keys(self) -> Row:
        """The row that made its copies."""
        return self.program.steps[0].rows[self.program.numbers[0]]


@np.errstate(all="ignore")
def tell(view: View) -> list[Story]:
    """Every story that fits all answers, the best first; of those with equal faults, one.

    None where a case returned no numbers, or where all are one number, which many programs give.
    """
    if view.key.model != MODEL.digest:
        raise GraderError("The key belongs to another error model; build it again: make key")
    read = ((case, read_form(seen)) for case, seen in view.returned())
    forms = [(case, form) for case, form in read if not _is_past_half(form)]
    if not _tell_something(forms):
        return []
    if "jax_enable_x64" in view.settings:
        # A negative seed then makes other keys, which only the right answer is known of.
        forms = [(k, f) for k, f in forms if k.case.integer("seed") >= 0]
    stories = list(_fitting(view, forms))
    if not stories:
        # A loop that is one short leaves nothing of a single copy, whatever that looks like.
        several = [(case, form) for case, form in forms if case.case.integer("n_copies") != 1]
        stories = [s for s in _fitting(view, several) if "missing-copy" in s.faults]
    if not stories and facts.low_precision(view.source):
        coarse = ((k, replace(f, faults=("wrong-dtype",), tolerance=COARSE)) for k, f in forms)
        forms = [(case, form) for case, form in coarse if not _is_past_half(form)]
        stories = list(_fitting(view, forms))
    best: dict[tuple[str, ...], Story] = {}
    for story in sorted(map(_judge(view), stories), key=_rank):
        best.setdefault(story.faults, story)
    return list(best.values())


def _is_past_half(form: Form) -> bool:
    """Tell whether an answer in half precision has numbers that it cannot hold: infinite ones."""
    values = form.values
    return form.tolerance > TOLERANCE and values is not None and not np.isfinite(values).all()


def _tell_something(forms: list[tuple[KeyCase, Form]]) -> bool:
    several = [f.values for k, f in forms if k.case.integer("n_copies") != 1]
    numbers = np.concatenate([v.ravel() for v in several if v is not None] or [np.zeros(1)])
    return len(np.unique(numbers[~np.isnan(numbers)])) > 1


def _fitting(view: View, forms: list[tuple[KeyCase, Form]]) -> Iterator[Story]:
    given = [(case, form) for case, form in forms if form.values is not None]
    if len(given) < len(forms):
        return
    given.sort(key=lambda pair: view.matches[pair[0].case.id])  # wrong answers tell most
    answers = [
        Answer(
            Predictor(MODEL, Inputs.of(case), again=True),
            form.values,
            form.tolerance * _size(case, form),
            case.index,
        )
        for case, form in given
        if form.values is not None
    ]
    for program in find(MODEL, answers):
        story = Story(program, _form_faults(program, given, answers))
        described = [row for step, row in program.replaced.items() if not row.faults]
        if not described or not described[0].says or "finish" not in program.replaced:
            yield story  # what is no mean at all is not divided wrongly as well
        elif program.replaced["finish"] in described:
            yield story


def _size(case: KeyCase, form: Form) -> float:
    """What a tolerance is relative to: the case's numbers, or the answer's if they are larger."""
    assert form.values is not None
    finite = np.abs(form.values[np.isfinite(form.values)])
    return max(scale(case), float(finite.max(initial=0)))


def equal_to_the_best(stories: list[Story]) -> list[Story]:
    """The stories that nothing tells from the best one."""
    return [story for story in stories if _rank(story) == _rank(stories[0])]


def _rank(story: Story) -> tuple[bool, int]:
    return story.contradicted, story.weight


def _form_faults(
    program: Program, given: list[tuple[KeyCase, Form]], answers: list[Answer]
) -> tuple[str, ...]:
    """What is wrong with the answers beside their numbers, in a case or another."""
    faults: set[str] = set()
    for (_, form), answer in zip(given, answers, strict=True):
        assert form.values is not None
        faults.update(form.faults)
        bare_number = not form.values.ndim and "not-an-array" in form.faults
        shape = _shape(answer.predictor.answer(program.numbers), form.values.shape)
        if form.values.shape != shape and not bare_number:
            faults.add("wrong-shape")
    return in_order(faults)


def shape_of(program: Program, case: KeyCase, otherwise: tuple[int, ...]) -> tuple[int, ...]:
    """The shape of what a program answers; something else where it would not return."""
    return _shape(Predictor(MODEL, Inputs.of(case)).answer(program.numbers), otherwise)


def _shape(predicted: np.ndarray | None, otherwise: tuple[int, ...]) -> tuple[int, ...]:
    return otherwise if predicted is None else predicted.shape


def _judge(view: View) -> Callable[[Story], Story]:
    """Weigh stories by what the source and the Modules show, each of which is asked once."""
    read, drawn = bool(view.source.nodes), distinct_kernels(view)

    @cache
    def borne_out(row: Row) -> bool | None:
        factor = {"wrong-divisor", "divided-twice"}.intersection(row.faults)  # or is it one of x?
        return False if factor and facts.changed_input(view.source) else is_shown(row, view.source)

    @cache
    def without_closure() -> bool:
        return read and not facts.closures_in_loops(view.source)

    @cache
    def made_of_others(keys: Row, late: bool) -> bool:
        if drawn is None or keys.name == WIDE:
            return False
        case, count = drawn
        made = different_copies(keys, case)
        one_arrives = made == 1 or (late and facts.late_init(view.source) is not None)
        return (count == 1) != one_arrives

    def judge(story: Story) -> Story:
        shown = [borne_out(row) for row in story.rows]
        late = "late-bound-lambda" in story.faults
        # Two replacements together may give what a third one would: something has to show them.
        forced = len(shown) > 1 and False in shown and True not in shown
        weight = 2 * story.program.cost + 4 * ("wrong-shape" in story.form)
        weight += 4 * shown.count(False) - shown.count(True)
        unheard_of = forced or scales_twice(story.program) or (late and without_closure())
        contradicted = unheard_of or made_of_others(story.keys, late)
        return replace(story, contradicted=contradicted, weight=weight)

    return judge


def is_shown(row: Row, source: Source) -> bool | None:
    """Tell whether a source bears a row out; None where there is nothing to ask of it."""
    tests = [row.shown] if row.shown else [BY_ID[fault].shown for fault in row.faults]
    asked = [test for test in tests if test is not None]
    return all(test(source) for test in asked) if asked and source.nodes else None
