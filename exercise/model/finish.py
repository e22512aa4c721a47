"""What is done with the total: from a total and the turns it took to the answer."""

from collections.abc import Callable

import numpy as np

from exercise import facts
from exercise.model.gather import Total
from exercise.model.inputs import Inputs
from exercise.model.layer import ACTIVATIONS, Function
from grader.search import RARE, USUAL, Row

DIVISOR, LAYER, SUM, DTYPE = (
    ("wrong-divisor",), ("wrong-layer",), ("sum-not-mean",), ("wrong-dtype",))  # fmt: skip
Finish = Callable[[Total, Inputs], np.ndarray]


def _by(divisor: Callable[[Inputs], float]) -> Finish:
    return lambda total, c: total[0] / divisor(c)


def _divided(name: str, divisor: Callable[[Inputs], float], told: str, cost: int = USUAL) -> Row:
    says = f"The answer is the total divided by {told}; it should be divided by n_copies ({{n}})."
    return Row(f"/ {name}", _by(divisor), DIVISOR, says, cost)


def _of_mean(name: str, function: Function, says: str) -> Row:
    """What is done to a right mean, and has no name as a fault."""
    return Row(name, lambda total, c: function(total[0] / c.n), (), says, RARE)


def _number(m: int) -> Callable[[Inputs], float]:
    return lambda _: m


def _more(e: float) -> Callable[[Inputs], float]:
    return lambda c: c.n + e


def _rounding(places: int) -> Function:
    return lambda m: np.round(m, places)


def _mean_through(function: Function) -> Finish:
    return lambda total, c: function(total[0] / c.n)


def _sum_through(function: Function) -> Finish:
    return lambda total, _: function(total[0])


def _in_place(change: Callable[[np.ndarray, Inputs], np.ndarray]) -> Finish:
    """What fits only where the answer is as long as x."""
    return lambda total, c: change(total[0] / c.n, c) if c.d == c.f else total[0] / c.n


FINISH = (
    Row("/ n_copies", _by(lambda c: c.n), cost=0),
    Row("not divided", lambda total, c: total[0], SUM,
        "The total is not divided by {n}, so it is {n} times too large."),
    Row("/ the number of turns", lambda total, c: total[0] / total[1], (),
        "The total is divided by as many outputs as are in it.", 1, lambda s: not facts.odd_divisor(s)),
    Row("/ n / n", _by(lambda c: c.n**2), ("divided-twice",),
        "The answer is the total divided by {squared}, which is {n} twice."),
    _divided("features", lambda c: c.f, "features ({f})"),
    _divided("len(x)", lambda c: c.d, "the length of x ({d})"),
    _divided("(n_copies - 1)", lambda c: c.n - 1, "n_copies - 1 ({short})"),
    _divided("max(n_copies - 1, 1)", lambda c: max(c.n - 1, 1), "n_copies - 1, and by 1 at least"),
    _divided("(n_copies + 1)", lambda c: c.n + 1, "n_copies + 1 ({one_more})"),
    _divided("keys.size", lambda c: 2 * c.n, "2 * n_copies ({twice}), which keys.size may be"),
    _divided("(n_copies * features)", lambda c: c.n * c.f, "n_copies * features", RARE),
    _divided("(n_copies * len(x))", lambda c: c.n * c.d, "n_copies * len(x)", RARE),
    _divided("(n_copies / 2)", lambda c: c.n / 2, "half of n_copies", RARE),
    _divided("n_copies ** 3", lambda c: c.n**3, "n_copies ** 3", RARE),
    _divided("0", lambda c: 0.0, "0", RARE),
    _divided("sqrt(n_copies)", lambda c: np.sqrt(c.n), "the square root of n_copies", RARE),
    *(_divided(str(m), _number(m), f"{m}, however many copies there are", RARE)
      for m in (2, 3, 4, 5, 8, 10, 100)),
    *(_divided(f"(n_copies + {e})", _more(e), f"n_copies + {e}", RARE)
      for e in (0.1, 0.01, 1e-3, 1e-4)),
    Row("* n_copies", lambda total, c: total[0] * c.n, DIVISOR,
        "The total is multiplied by {n}, where it should be divided.", RARE),
    Row("// n_copies", lambda total, c: total[0] // c.n, DIVISOR,
        "The total is divided by // {n}, which keeps whole numbers alone."),
    Row("% n_copies", lambda total, c: total[0] % c.n, DIVISOR,
        "What is left over by % {n} is returned, where the total should be divided.", RARE),
    *(Row(f"{name} of the mean", _mean_through(a), LAYER,
          f"The mean itself went through {name}.", RARE)
      for name, a in ACTIVATIONS.items()),
    *(Row(f"{name} of the sum", _sum_through(a), (*LAYER, *SUM),
          f"The sum, not divided by {{n}}, went through {name}.", RARE)
      for name, a in ACTIVATIONS.items()),
    *(_of_mean(f"rounded to {p}", _rounding(p),
               f"The mean is rounded to {p} {'place' if p == 1 else 'places'}.")
      for p in (1, 2, 3, 4)),
    Row("whole numbers", lambda total, c: np.trunc(total[0] / c.n), DTYPE,
        "The mean is cut to whole numbers.", RARE),
    Row("rounded to whole numbers", lambda total, c: np.round(total[0] / c.n), DTYPE,
        "The mean is rounded to whole numbers.", RARE),
    Row("whole numbers of the sum", lambda total, c: np.trunc(total[0]), (*DTYPE, *SUM),
        "The sum, not divided by {n}, is cut to whole numbers.", RARE),
    _of_mean("of length one", lambda m: np.asarray(m / np.linalg.norm(m)), "The mean is scaled to length one."),
    _of_mean("of sum one", lambda m: m / m.sum(), "The mean is divided by its own sum."),
    _of_mean("of largest one", lambda m: m / np.abs(m).max(), "The mean is divided by its largest number."),
    _of_mean("centred", lambda m: m - m.mean(), "The mean over the features is taken off."),
    _of_mean("standardised", lambda m: (m - m.mean()) / m.std(), "The mean is standardised."),
    _of_mean("negative", np.negative, "The sign of every number is turned."),
    _of_mean("clipped", lambda m: np.clip(m, -1, 1), "The mean is cut off at -1 and 1."),
    _of_mean("clipped above zero", lambda m: np.clip(m, 0, 1), "The mean is cut off at 0 and 1."),
    _of_mean("backwards", lambda m: m[..., ::-1], "The numbers of the mean stand in reverse order."),
    _of_mean("sorted", np.sort, "The numbers of the mean are sorted."),
    _of_mean("plus 1", lambda m: m + 1, "1 is added to every number of the mean."),
    Row("plus x", _in_place(lambda m, c: m + c.x), LAYER,
        "Where x is as long as the answer, x is added to it.", RARE),
)  # fmt: skip
