"""What a run does: which cases are called, in which ways, and the sizes that this takes."""

from grader.core.case import Case, repeated
from grader.core.diagnosis import Asks
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


def second_plan(key: Key, asks: Asks) -> Plan:
    """What a second run does: a look at the Modules, and calls in the other order where asked."""
    cases = [k.case for k in key.cases]
    # In two, so that one does not decide alone; more numbers than copies tell copies apart. The one
    # that was not the first call of all comes first now: a program may have kept something of that.
    observed = [c for c in cases if c.public and 1 < c.integer("n_copies") < c.integer("features")]
    observed = [c for c in observed[1:] if not _same_seed(c, observed[0])][:1] + observed[:1]
    called = cases[::-1] if asks == "order" else ()
    return Plan(called, first_plan(key).by_keyword, observed=observed)


def _same_seed(a: Case, b: Case) -> bool:
    return a.integer("seed") == b.integer("seed")


def sizes(key: Key) -> tuple[tuple[int, int, int], ...]:
    """Length of x, number of copies and features, each combination once: what is compiled."""
    cases = [k.case for k in key.cases]
    found = ((c.array("x").size, c.integer("n_copies"), c.integer("features")) for c in cases)
    return tuple(dict.fromkeys(found))
