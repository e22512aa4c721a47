"""The sizes of the cases: what has to be compiled depends on these alone."""

from grader.key import Key


def sizes(key: Key) -> tuple[tuple[int, int, int], ...]:
    """Length of x, number of copies and features, each combination once."""
    cases = [k.case for k in key.cases]
    found = ((c.array("x").size, c.integer("n_copies"), c.integer("features")) for c in cases)
    return tuple(dict.fromkeys(found))
