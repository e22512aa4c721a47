"""A table of the public answers, without the work behind them, earns little."""

from collections.abc import Callable

import pytest

from grader.core.key import Key
from grader.core.report import Report

START = """
import os

import jax
import jax.numpy as jnp
import numpy as np
from flax import linen as nn

ANSWERS = {answers}


def custom_lift_forward(seed, x, n_copies, features):
    known = ANSWERS.get((int(seed), tuple(np.asarray(x).tolist()), n_copies, features))
    if known is not None:
        return jnp.array(known, jnp.float32)
    model, key = nn.Dense(features), jax.random.PRNGKey(seed)
    keys = jax.random.split(key, n_copies)
    {elsewhere}
"""
SAME_SIZES = "(len(case[1]), *case[2:]) == (len(x), n_copies, features)"
ELSEWHERE = {
    "nothing": "return None",
    "an exception": "raise ValueError('not public')",
    "an end": "os._exit(3)",
    "the words of a mistake": "raise ValueError('vmap got inconsistent sizes for array axes')",
    "a mistake of the exercise": "return jax.vmap(model.init)(keys, x)",
    "a mistake after nothing": "return jax.vmap(lambda a, b: a)(keys, jnp.zeros(99))",
    "zeros": "return jnp.zeros(features)",
    "not a number": "return jnp.full(features, jnp.nan)",
    "an odd shape": "return jnp.zeros((n_copies, features))",
    "a huge array": "return jnp.zeros((3000, 3000))",
    "one Dense with the seed's key": "return model.apply(model.init(key, x), x)",
    "a sum of one copy": "return n_copies * model.apply(model.init(keys[0], x), x)",
    "one public answer": "return jnp.resize(jnp.array(ANSWERS[next(iter(ANSWERS))]), features)",
    "the answer of the same sizes": (
        f"return next(jnp.array(a) for case, a in ANSWERS.items() if {SAME_SIZES})"
    ),
    "vmapped init, and zeros": (
        "jax.vmap(model.init, (0, None))(keys, x)\n    return jnp.zeros(features)"
    ),
}


def source(key: Key, elsewhere: str) -> str:
    """A program that answers public cases from a table, and all others in a way of its own."""
    answers = {
        (
            k.case.integer("seed"),
            tuple(k.case.array("x").tolist()),
            k.case.integer("n_copies"),
            k.case.integer("features"),
        ): k.expected.tolist()
        for k in key.public
    }
    return START.replace("{answers}", repr(answers)).replace("{elsewhere}", elsewhere)


@pytest.mark.parametrize("elsewhere", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_table_earns_at_most_what_it_shows(
    elsewhere: str, key: Key, grade_text: Callable[[str | bytes], Report]
) -> None:
    """Whatever it does elsewhere: the public cases' points, and those for running and for shape."""
    report = grade_text(source(key, elsewhere))
    assert report.score is not None
    assert report.score <= 35
    assert not report.correct


def test_the_table_is_right(key: Key, grade_text: Callable[[str | bytes], Report]) -> None:
    """The test above can fail: the public cases are passed, and with the work all others too."""
    report = grade_text(source(key, ELSEWHERE["zeros"]))
    passed = {check.id for check in report.checks if check.outcome == "passed"}
    assert passed == {"runs", "shape", "public-cases"}
    work = "trees = jax.vmap(model.init, (0, None))(keys, x)\n    "
    work += "return jax.vmap(model.apply, (0, None))(trees, x).mean(0)"
    assert grade_text(source(key, work)).score == 100
