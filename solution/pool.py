"""What cases can be made of: sizes, seeds, inputs and orders of calls, and what each costs.

A case has a size, a seed and an input, so a seed or an input costs next to nothing where a size is
there already. A size costs what is compiled for it, and a call for each of its copies, in public
and in hidden cases.
"""

from dataclasses import dataclass
from itertools import chain

import numpy as np

from grader.core.case import Case
from grader.core.key import KeyCase
from grader.core.run import Plan
from solution import catalogue
from solution.cases import BASE, INPUTS, RAMP, SEEDS, Size, case

SIZES: tuple[Size, ...] = (
    *((4, 3, 5), (5, 4, 7), (3, 3, 6), (4, 3, 4), (5, 2, 5), (3, 3, 3), (2, 2, 2), (4, 4, 4)),
    *((4, 1, 5), (4, 1, 4), (1, 1, 1), (4, 2, 5), (1, 2, 18), (1, 3, 5), (4, 3, 1), (21, 17, 1)),
    *((4, 9, 5), (4, 17, 5), (20, 3, 5), (4, 5, 3), (5, 3, 3)),
)
# CPU milliseconds, measured in a cold worker: what any new size takes, a new n_copies or width
# besides; a call, and each copy in it.
NEW, NEW_COPIES, NEW_WIDTH, CALL, COPY = 60, 60, 25, 8, 2.5


@dataclass(frozen=True)
class Candidate:
    """Something to add to the cases: calls that show it, and what they cost."""

    cost: float
    cases: tuple[Case, ...]
    plan: Plan


def _cost(size: Size) -> float:
    _, n_copies, features = size
    new = NEW + NEW_COPIES * (n_copies != BASE[1]) + NEW_WIDTH * (features != BASE[2])
    return new * (size != BASE) + 2 * (CALL + COPY * n_copies)


def _call(size: Size, seed: int, x: np.ndarray) -> Case:
    return case("", False, size, seed, x)


def candidates() -> dict[str, Candidate]:
    """All of them, by a name that says what they are."""
    rng = np.random.default_rng(0)
    call = CALL + COPY * BASE[1]
    found: dict[str, tuple[float, list[Case]]] = {}
    for size in SIZES:
        found[f"size {size}"] = (
            _cost(size),
            [_call(size, 123_457, INPUTS["ordinary"](rng, size[0]))],
        )
    for name, seed in SEEDS.items():
        found[f"seed {name}"] = 1, [_call(BASE, seed(rng), np.array(RAMP))]
    for name, draw in INPUTS.items():
        found[f"input {name}"] = 1, [_call(BASE, 123_457, draw(rng, BASE[0]))]
    first, ramp = _call(BASE, 7, np.array(RAMP)), np.array(RAMP)
    for name, size, seed, x in (
        ("the same call again", BASE, 7, ramp),
        ("another seed", BASE, 8, ramp),
        ("another order of x", BASE, 7, ramp[[0, 3, 1, 2]]),
        ("other fractions of x", BASE, 7, ramp + np.array([0, 0.5, 0.5, 0.5])),
        ("another width", (4, 3, 4), 7, ramp),
        ("more copies", (21, 17, 1), 7, np.linspace(-1, 1, 21)),
        ("fewer copies", (4, 1, 5), 7, ramp),
    ):
        found[f"after a call, {name}"] = call, [first, _call(size, seed, x)]
    found["many calls of a size"] = 2 * call, [_call(BASE, seed, ramp) for seed in range(6)]
    made = {
        name: (cost, tuple(_numbered(cases)), Plan(())) for name, (cost, cases) in found.items()
    }
    two = tuple(_numbered([first, _call(BASE, 8, ramp)]))
    ids = frozenset(c.id for c in two)
    made["calls by keyword"] = 1, two, Plan((), by_keyword=ids)
    made["a NumPy array"] = 1, two[:1], Plan((), with_numpy=ids)
    return {name: Candidate(*parts) for name, parts in made.items()}


def _numbered(cases: list[Case]) -> list[Case]:
    return [Case(str(n), c.public, c.arguments) for n, c in enumerate(cases)]


def cover(programs: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """The cheapest candidates that catch all programs, with what each catches; what none does."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    from solution.reference import custom_lift_forward

    pool = candidates()
    sequences: catalogue.Sequences = {
        name: (
            [KeyCase(c, np.asarray(custom_lift_forward(**c.arguments)), {}) for c in one.cases],  # type: ignore[arg-type]
            one.plan,
        )
        for name, one in pool.items()
    }
    found = catalogue.measure(programs, sequences)
    caught = {name: [p for p in programs if any(catalogue.wrong(found[p][name]))] for name in pool}
    never = [p for p in programs if p not in set(chain.from_iterable(caught.values()))]
    rows = [[p in caught[name] for name in pool] for p in programs if p not in never]
    if not rows:
        return {}, never
    costs = np.array([one.cost for one in pool.values()])
    solved = milp(
        costs,
        constraints=LinearConstraint(np.array(rows, float), lb=1),
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, 1),
    )
    chosen = [name for name, taken in zip(pool, solved.x, strict=True) if taken > 0.5]
    return {name: caught[name] for name in chosen}, never
