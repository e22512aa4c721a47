"""Trees: whatever travels comes out bounded, with every leaf at its path."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import wire
from grader.core.case import Case, pack, unpack
from grader.core.observation import parse_tree
from grader.core.tree import Branch, Leaf, leaves, numbers, written

NAMES = st.text(max_size=5)
ARRAYS = st.builds(
    lambda shape: np.arange(int(np.prod(shape)), dtype=np.float32).reshape(shape),
    st.lists(st.integers(0, 3), max_size=3).map(tuple),
)
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | NAMES
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.dictionaries(NAMES, inner, max_size=3)
        | st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_arguments_come_back_as_they_were(value: object) -> None:
    """Whatever a case hands in survives its way to the key and back."""
    there = pack(value)  # type: ignore[arg-type]
    again = unpack(there)
    assert pack(again) == there or there != there
    assert type(again) is type(value)


@given(VALUES)
def test_every_leaf_has_a_path_of_its_own(value: object) -> None:
    """A tree has as many leaves as paths, and its numbers are those of its leaves."""
    tree = parse_tree(pack(value))  # type: ignore[arg-type]
    found = list(leaves(tree))
    shown = sum(leaf.values.size for _, leaf in found if leaf.values is not None)
    assert numbers(tree).size == shown


def test_paths_are_written_as_they_are_read() -> None:
    """Keys and places, with an index behind; the root has a name."""
    assert written(("params", "kernel"), (2, 0)) == "params/kernel[2,0]"
    assert written(("layers", "0")) == "layers/0"
    assert written(()) == "the answer"
    assert written((), (3,)) == "answer[3]"
    assert written(("1", "w"), (0,)) == "answer/1/w[0]"


@pytest.mark.parametrize(
    "value",
    [
        wire.Items("list", tuple([1] * (wire.MAX_LEAVES + 1))),
        wire.Map({"a": wire.Array("float32", (2, 2), b"1234")}),
        wire.Items("tuple", (wire.Array("float32", (-1,), b""),)),
        wire.Items(
            "list",
            tuple(wire.Array("int8", (60_000,), bytes(60_000)) for _ in range(2)),
        ),
    ],
    ids=["leaves", "bytes", "shape", "elements"],
)
def test_what_our_worker_would_not_send_is_refused(value: wire.Value) -> None:
    """Bounds on leaves and elements hold for the whole tree; shapes and bytes agree."""
    with pytest.raises(wire.FrameError):
        parse_tree(value)


def test_a_deep_tree_is_refused() -> None:
    """Depth has a bound, far below what Python's stack holds."""
    value: wire.Value = 1
    for _ in range(wire.MAX_DEPTH + 2):
        value = wire.Items("list", (value,))
    with pytest.raises(wire.FrameError):
        parse_tree(value)


def test_names_are_harmless() -> None:
    """Keys, dtypes and the names of types are text from a stranger."""
    hostile = "a\x1b[31m\u202e::error::"
    tree = parse_tree(wire.Map({hostile: wire.Other(hostile), "b": wire.Array(hostile, (), None)}))
    assert isinstance(tree, Branch)
    told = [*tree.items, *(str(leaf) for leaf in tree.items.values() if isinstance(leaf, Leaf))]
    assert all(text.isprintable() and "::error::" not in text for text in told)


def test_cases_are_the_same_call_by_value() -> None:
    """Two cases are one call where all arguments are equal, at any depth."""
    a = Case("a", True, {"p": {"w": np.ones(2, np.float32)}, "n": 1})
    b = Case("b", True, {"p": {"w": np.ones(2, np.float32)}, "n": 1})
    c = Case("c", True, {"p": {"w": np.zeros(2, np.float32)}, "n": 1})
    assert a.is_as(b)
    assert not a.is_as(c)
