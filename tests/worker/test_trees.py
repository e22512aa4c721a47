"""Trees beside the student: what is handed in, what comes back, what was changed."""

from collections.abc import Callable
from typing import Any

import jax
import numpy as np
import pytest

from grader import wire
from grader.core.case import pack
from grader.worker import trees
from grader.worker.serve import call

ARGUMENTS = {
    "params": pack({"dense": {"w": np.ones(2, np.float32)}, "all": [np.zeros(1, np.float32)]}),
    "rate": 0.5,
}


def test_what_is_handed_in_is_what_the_case_says() -> None:
    """Dicts, lists and tuples hold arrays of JAX's, or writable ones of NumPy's."""
    handed = trees.decode(ARGUMENTS["params"], numpy=False)
    assert isinstance(handed["dense"]["w"], jax.Array)
    writable = trees.decode(ARGUMENTS["params"], numpy=True)
    writable["all"][0][0] = 3
    assert trees.decode(pack((1, [2.0])), numpy=False) == (1, [2.0])


def test_encoding_is_what_was_decoded() -> None:
    """A value that nobody changed is equal to the frame that it came from."""
    for numpy in (False, True):
        handed = trees.decode(ARGUMENTS["params"], numpy)
        assert trees.encode(handed) == ARGUMENTS["params"]


class Odd:
    """Something that is no tree."""


@pytest.mark.parametrize(
    ("value", "frame"),
    [
        (Odd(), wire.Other("Odd")),
        (2**70, wire.Other("int")),
        ("word", "word"),
        ({1: 2}, wire.Map({"1": 2})),
        ((x for x in ()), wire.Other("generator")),
        ("\ud800", "?"),
    ],
)
def test_any_value_has_a_frame(value: object, frame: wire.Value) -> None:
    """What is no array, number, word or container is named by its type."""
    assert trees.encode(value) == frame


def test_a_tree_without_end_is_one_other_thing() -> None:
    """A list that holds itself, or too much, is bounded."""
    loop: list[Any] = []
    loop.append(loop)
    assert trees.encode(loop) == wire.Other("list")
    assert trees.encode([0] * (wire.MAX_LEAVES + 1)) == wire.Other("list")


def _in_place(params: dict[str, Any], rate: float) -> Any:  # noqa: ARG001
    params["dense"]["w"] = params["dense"]["w"] * 2
    return params


def _longer(params: dict[str, Any], rate: float) -> Any:
    params["all"].append(rate)
    return 0


def _anew(params: dict[str, Any], rate: float) -> Any:
    return jax.tree.map(lambda leaf: leaf * rate, params)


@pytest.mark.parametrize(
    ("function", "mutated"), [(_in_place, True), (_longer, True), (_anew, False)]
)
def test_changes_are_seen_at_any_depth(function: Callable[..., Any], mutated: bool) -> None:
    """A call that changes a dict or a list that it was handed is told from one that does not."""
    reply = call(function, "a.py", wire.Call(ARGUMENTS, whole=True))
    assert isinstance(reply, wire.Returned)
    assert reply.mutated == mutated
    assert reply.array is None


def test_random_keys_travel_as_their_words() -> None:
    """A key of the new kind is not the same as one with other words, or as one of the old kind."""
    new, other = trees.encode(jax.random.key(1)), trees.encode(jax.random.key(2))
    assert new != other
    assert new != trees.encode(jax.random.PRNGKey(1))
    assert isinstance(new, wire.Array)
    assert new.dtype == "key<fry>"
