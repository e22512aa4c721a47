"""Trees that were returned: what they are made of, leaf by leaf (trusted side).

A leaf has a path, the keys and numbers that lead to it: `params/kernel`, `layers/0/bias`. Whatever
a process has sent is bounded before it becomes a tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

ARRAY = "an array"  # no type is called that


@dataclass(frozen=True, eq=False)
class Leaf:
    """An array, a number, a word, or something else: the kind says which, by its type's name.

    `values` are its numbers, float64 or complex128 in its shape; None where it has none.
    """

    kind: str
    dtype: str = ""
    shape: tuple[int, ...] = ()
    values: np.ndarray | None = None
    text: str = ""

    def __str__(self) -> str:
        """What it is: `float32[3,2]`, `int`, `str`."""
        if self.kind != ARRAY:
            return self.kind
        return f"{self.dtype}[{','.join(map(str, self.shape))}]"


@dataclass(frozen=True, eq=False)
class Branch:
    """A dict, a list or a tuple, and what is in it by key or place."""

    kind: str
    items: dict[str, "Tree"]


Tree = Leaf | Branch
Path = tuple[str, ...]


def leaves(tree: Tree, path: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """All leaves with their paths, keys in order."""
    if isinstance(tree, Leaf):
        yield path, tree
        return
    names = sorted(tree.items) if tree.kind == "dict" else tree.items
    for name in names:
        yield from leaves(tree.items[name], (*path, name))


def written(path: Path, index: tuple[int, ...] = ()) -> str:
    """A path as it is read: `params/kernel[2,0]`; for the root, `the answer` or `answer[2]`.

    One that begins with a place in a list or a tuple is that place of the answer: `answer/0/w`.
    """
    if not path and not index:
        return "the answer"
    words = path if path and not path[0].isdigit() else ("answer", *path)
    return "/".join(words) + (f"[{','.join(map(str, index))}]" if index else "")


def numbers(tree: Tree) -> np.ndarray:
    """The numbers of all leaves (n,), in the order of `leaves`."""
    found = [leaf.values.ravel() for _, leaf in leaves(tree) if leaf.values is not None]
    return np.concatenate(found) if found else np.zeros(0)
