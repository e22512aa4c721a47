"""How the outputs become one: from what enters (turns, features) to a total and the turns it took.

A total is divided by n_copies in the step after. What leaves nothing to divide is multiplied here.
"""

from collections.abc import Callable

import numpy as np

from exercise import facts
from exercise.model.inputs import Inputs
from grader.search import RARE, Row

Reduce = Callable[[np.ndarray, Inputs], np.ndarray]
Total = tuple[np.ndarray, int]  # whatever shape, and how many outputs are in it

DIVISOR, OVER, TWICE = ("wrong-divisor",), ("wrong-axis",), ("divided-twice",)
LOST, APART, SHAPE = ("overwritten-accumulator",), ("not-reduced",), ("wrong-shape",)


def _total(reduce: Reduce) -> Callable[[np.ndarray, Inputs], Total]:
    return lambda terms, c: (np.asarray(reduce(terms, c)), len(terms))


def _done(reduce: Reduce) -> Callable[[np.ndarray, Inputs], Total]:
    def run(terms: np.ndarray, c: Inputs) -> Total:
        if not len(terms):
            raise ValueError("nothing to reduce")
        return np.asarray(reduce(terms, c)) * c.n, len(terms)

    return run


def _loop(
    turn: Callable[[np.ndarray, np.ndarray, int, Inputs], np.ndarray], from_zero: bool
) -> Reduce:
    """A loop over the outputs: from zeros, or from the first one on."""

    def run(terms: np.ndarray, c: Inputs) -> np.ndarray:
        total = np.zeros(c.f) if from_zero else terms[0]
        for i, output in enumerate(terms):
            if from_zero or i:
                total = turn(total, output, i, c)
        return total

    return run


def _moving(k: float, from_zero: bool) -> Reduce:
    return _loop(lambda a, o, i, c: k * a + (1 - k) * o, from_zero)


def _weighted(weight: Callable[[int, Inputs], float]) -> Reduce:
    return lambda t, c: sum((weight(i, c) * o for i, o in enumerate(t)), np.zeros(c.f))


def _trimmed(terms: np.ndarray, _: Inputs) -> np.ndarray:
    if len(terms) < 3:
        raise ValueError("nothing is left")
    return np.asarray(np.sort(terms, axis=0)[1:-1].mean(axis=0))


def _row(name: str, reduce: Reduce, says: str) -> Row:
    """What is seen in the numbers, and has no name as a fault."""
    return Row(name, _done(reduce), (), says, RARE)


GATHER = (
    Row("sum", _total(lambda t, c: t.sum(axis=0)), cost=0),
    Row("the last one", _total(lambda t, c: t[-1]), LOST,
        "Only the output of the last turn is left in the total."),
    Row("the last one, for the mean", _done(lambda t, c: t[-1]), LOST,
        "Only the output of the last turn is left, with the weight of all.",
        shown=lambda s: facts.overwriting(s) and facts.divisions(s)),
    # Kept apart.
    Row("stacked", _done(lambda t, c: t), APART,
        "The outputs of the copies stand side by side, a row each, where their mean is asked for."),
    Row("stacked, divided", _total(lambda t, c: t), APART,
        "The outputs of the copies, each divided already, stand side by side and are not added."),
    Row("stacked in columns", _done(lambda t, c: t.T), APART,
        "The outputs of the copies stand side by side, a column each.", RARE),
    Row("end to end", _done(lambda t, c: t.ravel()), SHAPE,
        "The outputs of the copies are joined end to end, and not averaged."),
    Row("end to end, divided", _total(lambda t, c: t.ravel()), SHAPE,
        "The outputs of the copies, each divided already, are joined end to end and not added."),
    Row("end to end, element by element", _done(lambda t, c: t.T.ravel()), SHAPE,
        "The outputs of the copies are joined, element by element, and not averaged.", RARE),
    Row("the sum in every row", _total(lambda t, c: np.tile(t.sum(axis=0), (c.n, 1))), SHAPE,
        "The answer has {n} rows, and each is the whole."),
    Row("the sum in every column", _total(lambda t, c: np.tile(t.sum(axis=0)[:, None], (1, c.n))),
        SHAPE, "The answer has {n} columns, and each is the whole.", RARE),
    Row("the stack at every turn", _done(lambda t, c: t), ("unsliced-params",),
        "The answer has {n} rows, one of each copy: the stacked parameters were used whole in every "
        "turn."),
    Row("the bias of all copies", _total(lambda t, c: np.tile(t.sum(axis=0), (c.n, 1))),
        ("unsliced-params",),
        "The answer has {n} rows, and each is the whole: the stacked bias has one for each copy."),
    # Over the wrong axis.
    Row("mean over features", _done(lambda t, c: t.mean(axis=1)), OVER,
        "There is one number for each copy: the features were averaged, the copies not."),
    Row("sum over features", _total(lambda t, c: t.sum(axis=1)), OVER,
        "There is one number for each copy: the features were added up, not the copies."),
    Row("squeezed, then the mean", _done(lambda t, c: t.squeeze().mean(axis=0)), OVER,
        "squeeze takes the axis of the copies away where there is one copy, and that of the features "
        "where there is one: the mean is then over the other.", RARE),
    Row("mean over all", _done(lambda t, c: t.mean()), OVER,
        "Copies and features were averaged alike, so that one number is left."),
    Row("sum over all", _total(lambda t, c: t.sum()), OVER,
        "Copies and features were added up alike, so that one number is left.", RARE),
    # Divided on the way.
    Row("(a + o) / 2, from the first", _done(_loop(lambda a, o, i, c: (a + o) / 2, False)), DIVISOR,
        "Each turn takes the mean of the total and one more output, so that later copies count more."),
    Row("(a + o) / 2, from zeros", _done(_loop(lambda a, o, i, c: (a + o) / 2, True)), DIVISOR,
        "Each turn halves the total and one more output, so that later copies count more.", RARE),
    Row("(a + o) / n", _done(_loop(lambda a, o, i, c: (a + o) / c.n, True)), TWICE,
        "The total is divided by {n} in every turn, so that earlier copies are divided again and again."),
    Row("(a + o) / n, from the first", _done(_loop(lambda a, o, i, c: (a + o) / c.n, False)), TWICE,
        "The total is divided by {n} in every turn, so that earlier copies are divided again and again.",
        RARE),
    Row("(a + o) / (i + 1)", _done(_loop(lambda a, o, i, c: (a + o) / (i + 1), True)), DIVISOR,
        "The total is divided by the number of the turn in every turn.", RARE),
    Row("a + (o - a) / n", _done(_loop(lambda a, o, i, c: a + (o - a) / c.n, True)), DIVISOR,
        "A running mean moves by 1/{n} of the way in every turn, whatever the turn.", RARE),
    Row("a + (o - a) / n, from the first", _done(_loop(lambda a, o, i, c: a + (o - a) / c.n, False)),
        DIVISOR, "A running mean moves by 1/{n} of the way in every turn, whatever the turn.", RARE),
    Row("a + (o - a) / (i + 2)", _done(_loop(lambda a, o, i, c: a + (o - a) / (i + 2), True)), DIVISOR,
        "A running mean divides by one more than the number of outputs that are in it.", RARE),
    Row("a + o / n, from the first", _done(lambda t, c: t[0] + t[1:].sum(axis=0) / c.n), DIVISOR,
        "The first output enters undivided, the others divided by {n}.", RARE),
    Row("a + b / n", _done(lambda t, c: t[:-1].sum(axis=0) + t[-1] / c.n), DIVISOR,
        "Only the last output is divided by {n}: a division binds stronger than an addition."),
    Row("a / n + b", _done(lambda t, c: t[0] / c.n + t[1:].sum(axis=0)), DIVISOR,
        "Only the first output is divided by {n}: a division binds stronger than an addition.", RARE),
    *(_row(f"moving average, {k}, {where}", _moving(k, zeros),
           f"The answer is an exponential moving average with {k} {where}, and not the mean.")
      for k in (0.9, 0.99) for zeros, where in ((True, "from zeros"), (False, "from the first copy"))),
    # Not a mean at all: said as it is, without a name.
    _row("median", lambda t, c: np.median(t, axis=0), "The answer is the median of the copies."),
    _row("maximum", lambda t, c: t.max(axis=0), "The answer is the largest of the copies."),
    _row("minimum", lambda t, c: t.min(axis=0), "The answer is the smallest of the copies."),
    _row("product", lambda t, c: t.prod(axis=0), "The answer is the product of the copies."),
    _row("geometric mean", lambda t, c: np.exp(np.log(t).mean(axis=0)),
         "The answer is exp of the mean of the logarithms, which negative outputs do not have."),
    _row("geometric mean of sizes", lambda t, c: np.exp(np.log(np.abs(t)).mean(axis=0)),
         "The answer is the geometric mean of the copies' absolute values."),
    _row("harmonic mean", lambda t, c: len(t) / (1 / t).sum(axis=0),
         "The answer is the harmonic mean of the copies."),
    _row("root mean square", lambda t, c: np.sqrt((t**2).mean(axis=0)),
         "The answer is the root of the mean of the copies' squares."),
    _row("mean of squares", lambda t, c: (t**2).mean(axis=0),
         "The answer is the mean of the copies' squares."),
    _row("mean of absolute values", lambda t, c: np.abs(t).mean(axis=0),
         "The answer is the mean of the copies' absolute values."),
    _row("standard deviation", lambda t, c: t.std(axis=0),
         "The answer is the standard deviation of the copies."),
    _row("variance", lambda t, c: t.var(axis=0), "The answer is the variance of the copies."),
    _row("midrange", lambda t, c: (t.max(axis=0) + t.min(axis=0)) / 2,
         "The answer is half way between the largest and the smallest copy."),
    _row("trimmed mean", _trimmed,
         "The answer is the mean without the largest and the smallest copy."),
    _row("logsumexp", lambda t, c: np.log(np.exp(t).sum(axis=0)),
         "The answer is the logarithm of the sum of the copies' exponentials."),
    _row("differences", _loop(lambda a, o, i, c: a - o, False),
         "The copies after the first are subtracted from it, and not added."),
    _row("alternating", _weighted(lambda i, c: (-1) ** i / c.n),
         "The copies are added and subtracted by turns."),
    _row("weights 1, 2, 3", _weighted(lambda i, c: 2 * (i + 1) / (c.n * (c.n + 1))),
         "Later copies count more: the weights grow as 1, 2, 3 ..."),
    _row("weights i / n", _weighted(lambda i, c: i / c.n),
         "Copy i is multiplied by i (0, 1, 2 ...) before the division by {n}."),
    _row("weights (i + 1) / n", _weighted(lambda i, c: (i + 1) / c.n),
         "Copy i is multiplied by i + 1 before the division by {n}."),
    _row("weights 1 / (i + 1)", _weighted(lambda i, c: 1 / (i + 1)),
         "Each output is divided by the number of its turn, and not by {n}."),
    _row("mean of partial sums", lambda t, c: t.cumsum(axis=0).mean(axis=0),
         "The mean of the partial sums is taken: earlier copies count more."),
    _row("sum of partial sums", lambda t, c: t.cumsum(axis=0).sum(axis=0),
         "The partial sums are added up: earlier copies count more."),
    Row("whole numbers kept", _total(lambda t, c: np.trunc(t).sum(axis=0)), ("wrong-dtype",),
        "Each output was cut to whole numbers before it was added.", RARE),
    Row("a total of whole numbers", _total(_loop(lambda a, o, i, c: np.trunc(a + o), True)),
        ("wrong-dtype",), "The total is cut to whole numbers in every turn.", RARE),
)  # fmt: skip
