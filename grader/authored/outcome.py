"""What one call came to, and whether two calls came to the same (trusted side).

Form first (structure, then dtype and shape by path), numbers second. Exceptions are the same where
type and masked message are: numbers in it and what it quotes differ from program to program.
"""

import re
from dataclasses import dataclass

import numpy as np

from grader.core.observation import Observation, Raised
from grader.core.tree import Leaf, Path, Tree, leaves

SMALL = 1e-3
PRECISION = {"float16": 2e-3, "bfloat16": 2e-2}
WIDER = {"float64": "float32", "int64": "int32", "complex128": "complex64"}
WHOLE = ("int", "uint", "bool", "key<")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Outcome:
    """A call's answer leaf by leaf, or the exception that it raised, masked."""

    leaves: dict[Path, Leaf]
    kinds: tuple[tuple[Path, str], ...]  # of dicts, lists and tuples
    raised: str = ""
    changes: bool = False  # what was handed in


def outcome(seen: Observation) -> Outcome:
    """Look at what was seen of a call whose answer was asked for whole."""
    if isinstance(seen, Raised):
        return Outcome({}, (), masked(seen))
    assert seen.tree is not None
    return Outcome(dict(leaves(seen.tree)), tuple(_kinds(seen.tree, ())), changes=seen.mutated)


def masked(error: Raised) -> str:
    """An exception without what differs from program to program."""
    first = error.message.strip().partition("\n")[0]
    return f"{error.type}: {_NUMBER.sub('#', _QUOTED.sub('...', first))}"


def _kinds(tree: Tree, path: Path) -> list[tuple[Path, str]]:
    if isinstance(tree, Leaf):
        return []
    inner = [
        kind for name, item in sorted(tree.items.items()) for kind in _kinds(item, (*path, name))
    ]
    return [(path, tree.kind), *inner]


def same(a: Outcome, b: Outcome, tolerance: float) -> bool:
    """Tell whether two calls came to the same in everything."""
    if a.raised or b.raised:
        return same_exception(a, b)
    return a.kinds == b.kinds and a.changes == b.changes and same_leaves(a, b, tolerance)


def same_exception(a: Outcome, b: Outcome) -> bool:
    """Tell whether two calls raised the same; of one whose words are not kept, the type is all."""
    (kind, _, words), (other_kind, _, other) = a.raised.partition(": "), b.raised.partition(": ")
    return kind == other_kind and (words == other or not words or not other)


def same_leaves(a: Outcome, b: Outcome, tolerance: float) -> bool:
    """Tell whether two answers have the same leaves in the same places."""
    return a.leaves.keys() == b.leaves.keys() and all(
        same_leaf(leaf, b.leaves[path], tolerance) for path, leaf in a.leaves.items()
    )


def same_leaf(a: Leaf, b: Leaf, tolerance: float) -> bool:
    """Tell whether two leaves are the same: in kind, dtype, shape and numbers."""
    return same_form(a, b) and same_numbers(a, b, tolerance)


def same_form(a: Leaf, b: Leaf) -> bool:
    """Tell whether two leaves are alike but for their numbers."""
    return (a.kind, a.shape, a.text) == (b.kind, b.shape, b.text) and same_dtype(a, b)


def same_dtype(a: Leaf, b: Leaf) -> bool:
    """Tell whether two leaves have the same dtype; a wider one is as good."""
    return WIDER.get(a.dtype, a.dtype) == WIDER.get(b.dtype, b.dtype)


def same_numbers(a: Leaf, b: Leaf, tolerance: float) -> bool:
    """Tell whether two leaves have as many numbers, and equal ones, in whatever form.

    `tolerance` is relative to the second's numbers; one of low precision is less exact.
    """
    if a.values is None or b.values is None:
        return a.values is None and b.values is None and a.kind == b.kind
    x, y = a.values.ravel(), b.values.ravel()
    if x.size != y.size:
        return False
    return bool(np.isclose(x, y, rtol=0, atol=allowed(a, b, tolerance), equal_nan=True).all())


def allowed(a: Leaf, b: Leaf, tolerance: float) -> float:
    """How far numbers of one leaf may be from those of another; whole numbers are exact."""
    if is_whole(b):
        return 0.0
    exact = max(tolerance, PRECISION.get(a.dtype, 0.0), PRECISION.get(b.dtype, 0.0))
    return exact * scale(b)


def is_whole(leaf: Leaf) -> bool:
    """Tell whether a leaf's numbers are whole by their type."""
    return leaf.kind in ("int", "bool") or leaf.dtype.startswith(WHOLE)


def scale(leaf: Leaf) -> float:
    """What a deviation is measured by: the leaf's largest number, however small."""
    if leaf.values is None:
        return SMALL
    finite = np.abs(leaf.values[np.isfinite(leaf.values)])
    return max(SMALL, float(finite.max(initial=0)))
