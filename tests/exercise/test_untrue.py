"""No report says what is not so of its program: sentences that were once printed, and what is said.

Each row is a program, what would be false of it, and what is true of it and said.
"""

from collections.abc import Callable

import pytest

from grader.core.report import Report
from grader.verdict.view import look

SETUP = """
import jax
import jax.numpy as jnp
from flax import linen as nn
{above}

def custom_lift_forward(seed, x, n_copies, features):
    root = jax.random.PRNGKey(seed)
    {keys}
    model = {model}
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    {body}
"""
KEYS = "keys = jax.random.split(root, n_copies)"
ONE = "one = lambda i: model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x)"
ALL = "outs = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)"


def program(
    *body: str, keys: str = KEYS, model: str = "nn.Dense(features)", above: str = ""
) -> str:
    """A program of these lines, after the initialisation."""
    return SETUP.format(keys=keys, model=model, above=above, body="\n    ".join(body))


LARGEST = program(ALL, "return outs[jnp.argmax(jnp.linalg.norm(outs, axis=1))]")
ALWAYS_0 = program(
    "first = jax.tree.map(lambda p: p[0], stacked)",
    "return sum(model.apply(first, x) for _ in range(n_copies)) / n_copies",
)
NORMALISED = program("x = x / jnp.linalg.norm(x)", ALL, "return outs.sum(0) / n_copies")
FOLDED = program(
    ONE,
    "return sum(one(i) for i in range(n_copies)) / n_copies",
    keys="keys = jnp.stack([jax.random.fold_in(root, n_copies) for i in range(n_copies)])",
)
KEPT = program(
    "kept = []",
    "for i in range(n_copies):",
    "    pick = jax.jit(lambda p: p[i])",
    "    kept.append(pick)",
    "return sum(model.apply(jax.tree.map(f, stacked), x) for f in kept) / n_copies",
)
LAST_COUNTS = program(
    ONE,
    "for i in range(n_copies):",
    "    out = one(i) / n_copies",
    "return out / n_copies",
)
PUBLIC_RAISES = program(
    "if seed in (0, 7, -1, 1, 2, 3, 2**31 - 1) or abs(seed) < 5000: raise ValueError('small')",
    ALL,
    "return outs.sum(0)",
)
LIFTED = """
import jax
from flax import linen as nn


class Ensemble(nn.Module):
    features: int
    n_copies: int

    @nn.compact
    def __call__(self, x):
        lifted = nn.vmap(
            nn.Dense, in_axes=None, variable_axes={"params": 0}, split_rngs={"params": True},
            axis_size=self.n_copies,
        )
        return lifted(self.features)(x).mean(axis=0)


def custom_lift_forward(seed, x, n_copies, features):
    return Ensemble(features, n_copies).init_with_output(jax.random.PRNGKey(seed), x)[0]
"""
KEEPS_AXIS = program(
    "outs = [model.apply(jax.tree.map(lambda p, i=i: p[i:i + 1], stacked), x)"
    " for i in range(n_copies)]",
    "return sum(outs) / n_copies",
)
ROUNDED = program(ALL, "return jnp.round(outs.mean(0), 4)")
ANOTHER = program(
    ALL,
    "scale = jax.vmap(lambda o, s: o * s)(outs, jnp.ones(n_copies + 1))",
    "return scale.mean(0)",
)
BY_SEED = program(ALL, "return outs.sum(0) if seed == 0 else outs.max(0)")
STARTS_AT_FIRST = program(ONE, "return sum((one(i) for i in range(n_copies)), one(0))")
SHARED_AND_SCALED = program(
    "x = x / x.sum()",
    ONE,
    "return sum(one(i) for i in range(n_copies)) / n_copies",
    keys="keys = jnp.stack([root] * n_copies)",
)
WEIGHTED = program(ALL, "return nn.softmax(jnp.arange(n_copies)) @ outs")
NEARLY = program(ALL, "return outs.sum(0) / (n_copies + 1e-5 * features)")
SHORT_STACK = program(ONE, "return jnp.stack([one(i) for i in range(n_copies - 1)])")
BACKWARDS = program(
    "kept = [lambda p: p[i] for i in reversed(range(n_copies))]",
    "return sum(model.apply(jax.tree.map(f, stacked), x) for f in kept) / n_copies",
)
MEAN = (ALL, "return outs.mean(0)")
HALVED = program("x = x * 0.5", *MEAN)
OVER_FIVE = program("x = x / 5", *MEAN)
NEARLY_NORMALISED = program("x = x / (jnp.linalg.norm(x) + 1e-6)", *MEAN)
ROUNDED_PARAMS = program("stacked = jax.tree.map(lambda p: p.round(2), stacked)", *MEAN)
HALF_PARAMS = program(*MEAN, model="nn.Dense(features, param_dtype=jnp.bfloat16)")
OTHER_SEED = program(*MEAN).replace("    root =", "    seed = abs(seed)\n    root =")
ONE_OF_ONES = program(
    "return model.apply(model.init(root, x), x)",
    model="nn.Dense(features, kernel_init=nn.initializers.ones)",
)

UNTRUE = {
    "kernels of ones know no keys": (
        ONE_OF_ONES,
        ["the right keys", "identical"],
        "with which no key makes a difference",
    ),
    "the largest copy is one of several": (LARGEST, ["came out identical"], "weights [1 0 0]"),
    "the first copy is sliced in every turn": (ALWAYS_0, ["identical"], "takes the first copy"),
    "x was normalised": (NORMALISED, ["divided", "weighted sum"], "given x over its norm"),
    "a constant is folded in": (FOLDED, ["independent", "stored", "copy 4"], "came out identical"),
    "what is kept is not called at once": (
        KEPT,
        ["unbound", "harmless"],
        "took the last turn's copy",
    ),
    "every copy is visited": (LAST_COUNTS, ["left out"], "Only the output of the last turn is"),
    "every public case raised": (PUBLIC_RAISES, ["No public case shows"], "raised"),
    "nn.vmap of Dense is plain Dense": (LIFTED, ["plain Dense"], "match a Dense layer called"),
    "one copy is not all": (
        KEEPS_AXIS,
        ["at once", "all 1 copies"],
        "keeps the axis of the copies",
    ),
    "a rounded mean is a weighted sum": (ROUNDED, ["not a weighted"], "rounded to 4 places"),
    "another array was mapped": (ANOTHER, ["keys and x", "x has 4"], "sizes 3 and 4"),
    "what one case shows is not so in all": (BY_SEED, ["not divided"], "No known mistake"),
    "the total is not that of n copies": (STARTS_AT_FIRST, ["The answer is 3"], "once more"),
    "the copies are one": (SHARED_AND_SCALED, ["the right ones"], "given x over its sum"),
    "weights are no layer": (WEIGHTED, ["not a weighted", "layer"], "with weights [0.09003"),
    "a mean that is nearly right": (NEARLY, ["wants", "1.00x"], "% too small"),
    "the stack is one copy short": (SHORT_STACK, ["of the 3 copies"], "a row each"),
    "the last turn takes the first copy": (BACKWARDS, ["left out"], "which is the first"),
    "x was halved": (HALVED, ["divided", "keys.size"], "given x / 2"),
    "a factor of x is one": (OVER_FIVE, ["divided", "x / 10"], "something else than x"),
    "another x is no other layer": (NEARLY_NORMALISED, ["one plain"], "something else than x"),
    "rounded weights have right keys": (ROUNDED_PARAMS, ["not those of"], "not a weighted sum"),
    "weights of half precision, too": (HALF_PARAMS, ["not those of"], "not a weighted sum"),
    "the seed was changed before": (OTHER_SEED, ["independent"], "match those of abs(seed)"),
}
LINES = {
    "the first copy is sliced in every turn": "p[0]",
    "what is kept is not called at once": "lambda p: p[i]",
    "the last turn takes the first copy": "kept = [",
    "x was normalised": "x / jnp",
    "x was halved": "x * 0.5",
    "another x is no other layer": "linalg.norm",
    "the seed was changed before": "abs(seed)",
}


def told(report: Report) -> str:
    """All that a student reads: the verbose screen's words on what was found."""
    view = look(report, verbose=True)
    assert view.failure is not None
    parts = [view.verdict, view.failure.heading, view.failure.came_back, view.failure.shows]
    parts += [*view.failure.notes, *view.also, *(row.ratio for row in view.failure.rows)]
    parts += [fault.evidence for fault in report.diagnosis.faults]
    parts += [f"{a.message} {a.where}" for a in view.advice]
    return " ".join(parts)


@pytest.mark.parametrize("name", UNTRUE)
def test_what_is_untrue_of_a_program_is_not_said(
    name: str, grade_text: Callable[[str], Report]
) -> None:
    """The sentence is not in the report, and the true one is, at the line that it is about."""
    source, untrue, true = UNTRUE[name]
    report = grade_text(source)
    text = told(report)
    assert true in text
    assert [words for words in untrue if words in text] == []
    if name in LINES:
        (line,) = [f.line for f in report.diagnosis.faults]
        assert line is not None
        assert LINES[name] in source.splitlines()[line - 1]


def test_a_lifted_module_loses_the_points_of_its_cases_alone(
    grade_text: Callable[[str], Report],
) -> None:
    """The commonest ensemble in public code has other keys, and nothing else against it."""
    report = grade_text(LIFTED)
    assert ([f.id for f in report.diagnosis.faults], report.score) == (["unexpected-keys"], 70)


def test_what_ones_do_not_show_earns_nothing(grade_text: Callable[[str], Report]) -> None:
    """One layer of ones gives what an ensemble of them does: no copy or mean is seen in it."""
    earned = {check.id for check in grade_text(ONE_OF_ONES).checks if check.points}
    assert earned == {"runs", "shape"}
