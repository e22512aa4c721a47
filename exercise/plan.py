"""What a run does: which cases are called, in which ways, and the sizes that this takes."""

from grader.key import Key
from grader.run import Plan


def first_plan(key: Key) -> Plan:
    """What every run does: all cases, one by keyword, one with NumPy, and two traced ones."""
    first, *_ = cases = [k.case for k in key.cases]
    other = next(c for c in cases if c.integer("n_copies") not in (1, first.integer("n_copies")))
    return Plan(cases, by_keyword=[first], with_numpy=[first], traced=[first, other])


def second_plan(key: Key) -> Plan:
    """What a wrong answer's second run does: the other order, and a look at the Modules."""
    cases = [k.case for k in key.cases]
    observed = [c for c in cases if c.public and c.integer("n_copies") != 1][:1]
    return Plan(cases[::-1], observed=observed)


def sizes(key: Key) -> tuple[tuple[int, int, int], ...]:
    """Length of x, number of copies and features, each combination once: what is compiled."""
    cases = [k.case for k in key.cases]
    found = ((c.array("x").size, c.integer("n_copies"), c.integer("features")) for c in cases)
    return tuple(dict.fromkeys(found))
