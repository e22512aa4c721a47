"""Which arguments of a call have an axis of copies: read off where each of them comes from."""

import ast
import re
from collections.abc import Sequence
from itertools import product

from exercise.facts.syntax import FUNCTIONS, function_around, last_name, mentions
from exercise.mend.given import Axes
from grader.core.source import Source

_ALONG = {  # what gives its result an axis of copies
    *("split", "fold_in", "stack", "tile", "repeat", "broadcast_to", "arange", "vmap", "range"),
    *("linspace", "concatenate", "random_split"),
}
_MAPPED = re.compile(r"key|rng|param|stack|variable|weight|batched|states?$|tree", re.IGNORECASE)
_MOST_NAMES = 20


def wanted_axes(source: Source, arguments: Sequence[ast.expr]) -> Axes:
    """What in_axes should be for a call's arguments, by what they look like."""
    axes: Axes = tuple(0 if _is_mapped(source, a) else None for a in arguments)
    return axes if 0 in axes else (0, *axes[1:])


def other_axes(wanted: Axes) -> list[Axes]:
    """Other ways to map some of the arguments, those that are the most like it first."""
    all_ways = [a for a in product((0, None), repeat=len(wanted)) if 0 in a and a != wanted]
    return sorted(all_ways, key=lambda a: sum(b != c for b, c in zip(a, wanted, strict=True)))


def _is_mapped(source: Source, argument: ast.expr) -> bool:
    """Tell whether an argument has an axis of copies: by what it was made of, or by its name."""
    waiting, seen = [argument], set[str]()
    while waiting and len(seen) < _MOST_NAMES:
        node = waiting.pop()
        if mentions(node, *_ALONG) or isinstance(node, (ast.ListComp, ast.List)):
            return True
        name = last_name(node)
        made = _assigned(source, name, argument) if name and name not in seen else []
        waiting += made
        if not made and any(_MAPPED.search(last_name(part)) for part in ast.walk(node)):
            return True
        seen.add(name)
    return False


def _assigned(source: Source, name: str, seen_from: ast.expr) -> list[ast.expr]:
    """What is assigned to a name in the innermost function that does so, or that is given it."""
    made = [a for a in source.find(ast.Assign) if name in map(last_name, a.targets)]
    around = [a for a in source.above(seen_from) if isinstance(a, FUNCTIONS)]
    for function in (*around, None):
        here = [a.value for a in made if function_around(source, a) is function]
        given = [a.arg for a in function.args.args] if function is not None else []
        if here or name in given:
            return here
    return []
