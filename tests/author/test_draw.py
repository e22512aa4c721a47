"""Inputs of cases: given or drawn, public or hidden."""

from typing import Any

import numpy as np
import pytest

from grader.author.draw import Cases, Drawn, parse
from grader.authored.definition import Definition
from grader.core.errors import UsageError

CALL = "f(x: jax.Array, p: dict, n: int, seed: int, pair: tuple, mode: str) -> dict"
FIRST = {
    "x": [1.0, 2.0],
    "p": {"w": "f32[2,3]", "many": [{"b": "f32[1]"}], "whole": [1, 2, 3]},
    "n": 3,
    "seed": 0,
    "pair": ["f32[2]", 4.0],
    "mode": "mean",
}
SECOND = {**FIRST, "seed": "int 5..9"}


def cases(*given: dict[str, Any]) -> Cases:
    """The cases of a definition with these."""
    return Cases(Definition("T", CALL, "Do.", {"step": "It is done."}, given, {}))


@pytest.mark.parametrize(
    ("word", "drawn"),
    [
        ("int", Drawn("int", None)),
        ("int -3..9", Drawn("int", None, -3, 9)),
        ("float 0.5..0.99", Drawn("float", None, 0.5, 0.99)),
        ("f32[3,2]", Drawn("f32", (3, 2))),
        ("f32[] 0..1", Drawn("f32", (), 0, 1)),
        ("i32[5] 0..9", Drawn("i32", (5,), 0, 9)),
        ("bool[3]", Drawn("bool", (3,))),
        ("key", Drawn("key", None)),
        ("key[2]", None),
        ("int[3]", None),
        ("f32", None),
        ("whatever", None),
    ],
)
def test_words_that_draw(word: str, drawn: Drawn | None) -> None:
    """A number has no shape, an array has one; whatever else is no word."""
    assert parse(word) == drawn


def test_public_cases_are_as_given_and_the_first_comes_again() -> None:
    """What is given is there as it is, in the types of the call."""
    first, _, again = cases(FIRST, SECOND).public()
    assert first.array("x").tolist() == [1.0, 2.0]
    assert (first.arguments["seed"], first.arguments["mode"]) == (0, "mean")
    assert isinstance(first.arguments["pair"], tuple)
    p: Any = first.arguments["p"]
    assert (p["w"].shape, p["w"].dtype, p["whole"].dtype) == ((2, 3), np.float32, np.int32)
    assert p["many"][0]["b"].shape == (1,)
    assert again.is_as(first)


def test_hidden_cases_have_the_sizes_of_public_ones_and_other_numbers() -> None:
    """Arrays are drawn anew, numbers where some case draws them; all other numbers stay."""
    public, hidden = cases(FIRST, SECOND).public(), cases(FIRST, SECOND).hidden("secret")
    assert len(hidden) == 4
    for case in hidden:
        assert case.arguments["n"] == 3
        assert 5 <= case.integer("seed") <= 9
        assert case.array("x").shape == (2,)
        assert not case.is_as(public[0])
    assert not hidden[0].is_as(hidden[2])


def test_cases_hang_on_the_secret_and_on_nothing_else() -> None:
    """The same secret gives the same cases, another one others."""
    one, same, other = (cases(FIRST, SECOND).hidden(s)[0] for s in ("a", "a", "b"))
    assert one.is_as(same)
    assert not one.is_as(other)


def test_a_word_that_draws_nothing_is_refused_by_name() -> None:
    """The message says where it stands and what could stand there."""
    with pytest.raises(UsageError, match=r"/p/w: \"f33\[2\]\""):
        cases({**FIRST, "p": {"w": "f33[2]"}}, SECOND).public()
