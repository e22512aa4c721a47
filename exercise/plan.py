"""What a run does: which cases are called, in which ways, and the sizes that this takes."""

from grader.core.case import Case, repeated
from grader.core.key import Key
from grader.core.run import Plan


def first_plan(key: Key) -> Plan:
    """What every run does: all cases, each once, every other one by keyword.

    A call that comes again is made with a NumPy array. Initialisations are counted where the
    difference in copies is largest, so that groups of copies are no loop over them.
    """
    cases = [k.case for k in key.cases]
    again = frozenset(later.id for _, later in repeated(cases))
    by_keyword = frozenset(c.id for c in cases[1::2]) | again
    most = max((k.case for k in key.public), key=lambda c: c.integer("n_copies"))
    return Plan(cases, by_keyword, with_numpy=again, counted=frozenset({cases[0].id, most.id}))


def second_plan(key: Key) -> Plan:
    """What a wrong answer's second run does: the other order, and a look at the Modules."""
    cases = [k.case for k in key.cases]
    # In two, so that one does not decide alone; more numbers than copies tell copies apart.
    observed = [c for c in cases if c.public and 1 < c.integer("n_copies") < c.integer("features")]
    observed = observed[:1] + [c for c in observed[1:] if not _same_seed(c, observed[0])][:1]
    return Plan(cases[::-1], first_plan(key).by_keyword, observed=observed)


def _same_seed(a: Case, b: Case) -> bool:
    return a.integer("seed") == b.integer("seed")


def sizes(key: Key) -> tuple[tuple[int, int, int], ...]:
    """Length of x, number of copies and features, each combination once: what is compiled."""
    cases = [k.case for k in key.cases]
    found = ((c.array("x").size, c.integer("n_copies"), c.integer("features")) for c in cases)
    return tuple(dict.fromkeys(found))
