"""A program that raises is mended in a copy: which repair, and that it is minimal."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.mend import mend
from exercise.mend.edit import Text
from exercise.mend.lifts import lifts
from grader.core.mended import Mend
from grader.core.observation import Raised
from grader.core.source import Source

SIZES = (
    "vmap got inconsistent sizes for array axes to be mapped:\n"
    "  * one axis had size 3: axis 0 of argument rngs of type uint32[3,2];\n"
    "  * one axis had size 4: axis 0 of argument args of type float32[4]"
)
WHOLE = (
    'For parameter "kernel" in "/", the given initializer is expected to generate shape (4, 5), '
    "but the existing parameter it received has shape (3, 4, 5)."
)
PROGRAM = """
from functools import partial

import jax
from jax import vmap as v
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    {init}
    {index}
    return sum(model.apply(one(i), x) for i in range(n_copies)) / n_copies
"""
INIT = "stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)"
INDEX = "one = lambda i: jax.tree.map(lambda p: p[i], stacked)"


def program(init: str = INIT, index: str = INDEX) -> str:
    """A program with one of its lines in another form."""
    return PROGRAM.format(init=init, index=index)


def mended(text: str, type: str, message: str, at: str) -> tuple[Mend, ...]:
    """The repairs of a program that raised on the line that holds a piece of code."""
    line = next(n for n, code in enumerate(text.splitlines(), 1) if at in code)
    raised = Raised(type, message, ((line, "custom_lift_forward"),))
    return mend(Source.parse(text.encode()), [raised])


AXES = [
    ("jax.vmap(model.init)(keys, x)", "jax.vmap(model.init, in_axes=(0, None))(keys, x)"),
    ("v(model.init)(keys, x)", "v(model.init, in_axes=(0, None))(keys, x)"),
    ("jax.api.vmap(model.init)(keys, x)", "jax.api.vmap(model.init, in_axes=(0, None))(keys, x)"),
    ("jax.vmap(model.init, in_axes=0)(keys, x)", INIT[10:]),
    ("jax.vmap(model.init, in_axes=None)(keys, x)", INIT[10:]),
    ("jax.vmap(model.init, in_axes=(0, 0))(keys, x)", INIT[10:]),
    ("jax.vmap(model.init, in_axes=(None, 0))(keys, x)", INIT[10:]),
    ("jax.vmap(model.init, in_axes=(1, None))(keys, x)", INIT[10:]),
    ("jax.vmap(model.init, in_axes=(0,))(keys, x)", INIT[10:]),
    ("jax.vmap(model.init, in_axes=[0, 0])(keys, x)", INIT[10:]),
    ("jax.vmap(model.init, in_axes={'rngs': 0})(keys, x)", INIT[10:]),
    ("jax.vmap(model.init, in_axes=axes)(keys, x)", INIT[10:]),
    ("jax.vmap(model.init, in_axis=(0, None))(keys, x)", INIT[10:]),
    ("jax.vmap(model.init, axes=(0, None))(keys, x)", INIT[10:]),
    ("jax.vmap(model.init, out_axes=(0, None))(keys, x)", INIT[10:]),
    ("jax.vmap(model.init)(keys, x, in_axes=(0, None))", INIT[10:]),
    ("jax.vmap(model.init)(in_axes=(0, None), rngs=keys, x=x)", INIT[10:]),
    ("jax.vmap(model.init, 0)(keys, x)", "jax.vmap(model.init, (0, None))(keys, x)"),
    ("jax.vmap(model.init)(x=x, k=keys)", "jax.vmap(model.init, in_axes=(None, 0))(x, keys)"),
    ("jax.jit(jax.vmap(model.init))(keys, x)", f"jax.jit({INIT[10:-9]})(keys, x)"),
    (
        "partial(jax.vmap, in_axes=0)(model.init)(keys, x)",
        "partial(jax.vmap, in_axes=(0, None))(model.init)(keys, x)",
    ),
    (
        "jax.vmap(lambda i, k: model.init(k, i))(x, keys)",
        "jax.vmap(lambda i, k: model.init(k, i), in_axes=(None, 0))(x, keys)",
    ),
    (
        "jax.vmap(lambda k, i, m: m.init(k, i))(keys, x, model)",
        "jax.vmap(lambda k, i, m: m.init(k, i), in_axes=(0, None, None))(keys, x, model)",
    ),
]


@pytest.mark.parametrize(("wrong", "right"), AXES, ids=[wrong for wrong, _ in AXES])
def test_vmap_is_given_the_in_axes_that_its_arguments_want(wrong: str, right: str) -> None:
    """What comes from a split is mapped and x is not, however in_axes is missing or wrong."""
    text = program(f"stacked = {wrong}")
    first = mended(text, "ValueError", SIZES, "stacked = ")[0]
    assert first.content.decode() == program(f"stacked = {right}")
    assert first.fault == "missing-in-axes"
    assert text.splitlines()[first.line - 1].strip() == f"stacked = {wrong}"


FAR = {
    "stored": ("init = jax.vmap(model.init)", "stacked = init(keys, x)"),
    "a decorator": ("@jax.vmap", "def init(k, i): return model.init(k, i)"),
    "a partial decorator": ("@partial(jax.vmap, in_axes=0)", "def init(k, i): return 1"),
    "a jitted decorator": ("@jax.jit\n    @jax.vmap", "def init(k, i): return 1"),
    "a helper": ("lift = lambda f: jax.jit(jax.vmap(f))", "init = lift(model.init)"),
    "an attribute": ("model.many = jax.vmap(model.init)", "init = model.many"),
    "a name for vmap": ("vm = jax.vmap", "init = vm(model.init)"),
}


@pytest.mark.parametrize(("made", "then"), FAR.values(), ids=FAR)
def test_vmap_is_mended_where_it_is_made(made: str, then: str) -> None:
    """The exception comes from the call; the repair and the line are where vmap is written."""
    called = then if "init(keys" in then else f"{then}\n    stacked = init(keys, x)"
    text = program(f"{made}\n    {called}")
    first = mended(text, "ValueError", SIZES, "init(keys, x)")[0]
    changed = changed_lines(text, first.content.decode())
    assert len(changed) == 1
    (before, after) = changed[0]
    assert "in_axes=(0, None)" in after
    assert "vm" in before


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """The lines that differ; there are as many as before."""
    pairs = list(zip(before.split("\n"), after.split("\n"), strict=True))
    return [(a, b) for a, b in pairs if a != b]


PICKED = '__import__("jax").tree_util.tree_map(lambda leaf: leaf[i], stacked)'
INDICES = [
    ("p[:, i]", "p[i]", "wrong-axis"),
    ("p[..., i]", "p[i]", "wrong-axis"),
    ("p[i, :, :]", "p[i]", "unsliced-params"),
    ("p[i:i + 1]", "p[i]", "unsliced-params"),
    ("p[i, None]", "p[i]", "unsliced-params"),
    ("p[None, i]", "p[i]", "unsliced-params"),
]


@pytest.mark.parametrize(("wrong", "right", "fault"), INDICES)
def test_index_that_does_more_than_pick_a_copy_is_cut_down(
    wrong: str, right: str, fault: str
) -> None:
    """The index of the copy is in it, and stays; the axes beside it go."""
    text = program(index=INDEX.replace("p[i]", wrong))
    first = mended(text, "ScopeParamShapeError", WHOLE.replace("3, 4, 5", "1, 4, 5"), "apply")[0]
    assert first.content.decode() == program(index=INDEX.replace("p[i]", right))
    assert first.fault == fault
    assert first.line == text[: text.index("lambda p")].count("\n") + 1


TREES = [
    ("KeyError", "0", "stacked[i]", PICKED),
    ("ScopeParamShapeError", WHOLE, "stacked", PICKED),
]


@pytest.mark.parametrize(("type", "message", "wrong", "right"), TREES)
def test_tree_of_all_copies_is_picked_from(type: str, message: str, wrong: str, right: str) -> None:
    """A stacked tree that apply is given whole, or that is indexed itself, is indexed by leaf."""
    text = program().replace("one(i)", wrong)
    (first, *_) = mended(text, type, message, "apply")
    assert first.content.decode() == program().replace("one(i)", right)
    assert first.fault == "unsliced-params"


def test_leaf_that_was_left_whole_is_picked_from() -> None:
    """In a dict made by hand, the leaf of all copies gets the index that the other one has."""
    index = 'one = lambda i: {"params": {"kernel": k[i], "bias": b}}'
    message = (
        WHOLE.replace("kernel", "bias").replace("(4, 5)", "(5,)").replace("(3, 4, 5)", "(3, 5)")
    )
    first = mended(program(index=index), "ScopeParamShapeError", message, "apply")[0]
    assert first.content.decode() == program(index=index.replace("b}", "b[i]}"))


NAMES = [
    (
        "AttributeError",
        "module 'jax.random' has no attribute 'spilt'. Did you mean split?",
        "jax.random.split(",
        "jax.random.spilt(",
    ),
    (
        "AttributeError",
        "module 'jax' has no attribute 'tree_map'",
        "jax.tree_util.tree_map(",
        "jax.tree_map(",
    ),
    (
        "TypeError",
        "Dense.__init__() got an unexpected keyword argument 'feature'",
        "nn.Dense(features=features)",
        "nn.Dense(feature=features)",
    ),
    ("NameError", "name 'kyes' is not defined. Did you mean keys?", "(keys, x)", "(kyes, x)"),
    (
        "AttributeError",
        '"Dense" object has no attribute "aply". If "aply" is defined in \'.setup()\'',
        "model.apply(one(i)",
        "model.aply(one(i)",
    ),
]


@pytest.mark.parametrize(("type", "message", "right", "wrong"), NAMES)
def test_misspelt_name_is_the_one_that_is_there(
    type: str, message: str, right: str, wrong: str
) -> None:
    """What the worker found where the name was looked for is put in its place."""
    whole = program().replace("jax.tree.map", "jax.tree_util.tree_map")
    whole = whole.replace("nn.Dense(features)", "nn.Dense(features=features)")
    (first,) = mended(whole.replace(right, wrong), type, message, wrong)
    assert first.content.decode() == whole
    assert first.fault == ""


OTHERS = [
    ("ValueError", "not today", "jax.vmap"),
    ("NotImplementedError", "", "jax.vmap"),
    ("ZeroDivisionError", "division by zero", "sum("),
    ("NameError", "name 'K' is not defined", "sum("),
    ("ScopeParamShapeError", WHOLE.replace("3, 4, 5", "5, 5"), "sum("),
]


@pytest.mark.parametrize(("type", "message", "at"), OTHERS)
def test_other_exceptions_mend_nothing(type: str, message: str, at: str) -> None:
    """Where an exception does not tell of a step that is mended here, there is no repair."""
    assert mended(program(), type, message, at) == ()


AROUND = st.sampled_from(
    ["# a comment", "# ü€😀", "label = 'ü€😀'; x = x", "def f(*a, **k): return {**k}", "", "\f"]
)


@given(
    st.lists(AROUND, max_size=4),
    st.sampled_from([wrong for wrong, _ in AXES]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_mending_changes_the_named_call_alone(
    before: list[str], call: str, end: str, encoding: str
) -> None:
    """All other statements are what they were, on the lines on which they were."""
    lines = "".join(f"{line}\n    " for line in before)
    text = program(f"{lines}stacked = {call}  # ü€")
    source = Source.parse(text.replace("\n", end).encode(encoding))
    place = next(n for n, code in enumerate(text.split("\n"), 1) if "stacked = " in code)
    for found in mend(source, [Raised("ValueError", SIZES, ((place, "custom_lift_forward"),))]):
        after = found.content.decode(encoding)
        changed = changed_lines(text, after.replace(end, "\n"))
        assert [old for old, _ in changed] == [f"    stacked = {call}  # ü€"]
        assert changed[0][1].endswith(")(keys, x)  # ü€") or "x, " in call or "x=" in call
        assert others(text) == others(after)


def others(text: str) -> list[str]:
    """The statements of a program, without the one that is mended."""
    body = ast.parse(text).body
    inner = body[-1].body if isinstance(body[-1], ast.FunctionDef) else []
    kept = [s for s in (*body[:-1], *inner) if "stacked = " not in ast.unparse(s)]
    return [f"{s.lineno}: {ast.dump(s)}" for s in kept]


def test_call_over_many_lines_keeps_all_lines_in_place() -> None:
    """What was on several lines, with comments, leaves as many lines."""
    call = "jax.vmap(\n model.init,\n in_axes=(\n  0,  # keys\n  0,\n ),\n)(\n keys,\n x,  # one\n)"
    text = program(f"stacked = {call}")
    first = mended(text, "ValueError", SIZES, "stacked = ")[0]
    assert first.words["given"] == "(0, 0)"
    assert others(text) == others(first.content.decode())


HOSTILE = {
    "too deep": "x = " + "(" * 5000 + ")" * 5000,
    "too long": "x = 1\n" * 20_000,
    "not a program": "def f(:",
    "no text": "\0",
    "a hundred arguments": f"jax.vmap(f)({', '.join(['x'] * 100)})",
    "stars": "jax.vmap(f)(*x)\njax.vmap(f)(**x)\njax.vmap(*f)(x)\njax.vmap()(x)",
    "its own value": "f = jax.vmap(f)\n" + "f = f\n" * 600 + "f(x)",
    "helpers without end": "f = lambda: jax.vmap(f)\nf = lambda: f\nf()(x)",
    "inside an f-string": 'f"ü{jax.vmap(f)(keys, x)} {x[i:i+1]} {f(y=1)}"',
    "many of them": "jax.vmap(f)(keys, x);" * 150,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("message", [SIZES, WHOLE, "unexpected keyword argument 'y'", "0"])
def test_hostile_source_is_no_error(text: str, message: str) -> None:
    """Whatever a source holds, there are few repairs, and each is a program."""
    for type in ("ValueError", "KeyError", "TypeError", "AttributeError"):
        raised = [Raised(type, message, ((n, "f"),)) for n in (1, 2, 0, -1, 10**12)]
        found = mend(Source.parse(text.encode()), raised)
        assert len(found) <= 4
        for repair in found:
            ast.parse(repair.content)


def test_text_in_another_encoding_is_written_in_it() -> None:
    """A file in Latin-1 stays one."""
    text = "# -*- coding: latin-1 -*-\n" + program("é = 1; stacked = jax.vmap(model.init)(keys, x)")
    line = next(n for n, code in enumerate(text.splitlines(), 1) if "stacked = " in code)
    source = Source.parse(text.encode("latin-1"))
    first = mend(source, [Raised("ValueError", SIZES, ((line, "f"),))])[0]
    assert "é = 1; stacked = jax.vmap(model.init, in_axes=(0, None))" in first.content.decode(
        "latin-1"
    )
    assert Text(source).of(lifts(source)[0].vmap) == "jax.vmap"
