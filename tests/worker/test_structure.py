"""A program's name tells it from every other, and is the same wherever it is traced."""

import pytest

from exercise import EXERCISE
from grader.core import key_file
from grader.core.case import Case
from tests.support.fresh import said
from tests.test_corpus import FILES

SETUP = """
import jax, jax.numpy as jnp, numpy as np
from jax import lax
from jax._src.interpreters import pxla
from grader.worker import programs
programs.find_here()
x, y = jnp.arange(6.0), jnp.ones(6)
names = []
compile_it = pxla._cached_compilation
def note(text, title, *about):
    if "program" in title:
        names.append(getattr(text, "name", None))
    return compile_it(text, title, *about)
pxla._cached_compilation = note
def name(function):
    def program(v):
        return function(v)
    jax.jit(program)(x)
    return names.pop()
"""
DIFFERENT = {
    "a constant": ("lambda v: v * 1.5", "lambda v: v * 1.25"),
    "the sign of zero": ("lambda v: v + 0.0", "lambda v: v + -0.0"),
    "a constant array": ("lambda v: v + np.arange(6.0)", "lambda v: v + np.arange(6.0)[::-1]"),
    "a type": ("lambda v: v.astype(int)", "lambda v: v.astype(np.uint32)"),
    "a weak type": ("lambda v: (v, jnp.float32(2))", "lambda v: (v, 2.0)"),
    "the order of arguments": ("lambda v: v - y[0] * v", "lambda v: y[0] * v - v"),
    "what comes out": ("lambda v: (v + 1, v + 2)", "lambda v: (v + 2, v + 1)"),
    "an axis": (
        "lambda v: v.reshape(2, 3).sum(0, keepdims=True)[0, :2]",
        "lambda v: v.reshape(2, 3).sum(1, keepdims=True)[:, 0]",
    ),
    "a mode": ('lambda v: v.at[9].get(mode="clip")', 'lambda v: v.at[9].get(mode="fill")'),
    "an inner function": (
        "lambda v: lax.scan(lambda c, e: (c + e, e), 0.0, v)[0]",
        "lambda v: lax.scan(lambda c, e: (c * e, e), 0.0, v)[0]",
    ),
    "a direction": (
        "lambda v: lax.scan(lambda c, e: (c - e, c), 0.0, v)[1]",
        "lambda v: lax.scan(lambda c, e: (c - e, c), 0.0, v, reverse=True)[1]",
    ),
    "a generator": (
        "lambda v: jax.random.normal(jax.random.key(1)) + v",
        'lambda v: jax.random.normal(jax.random.key(1, impl="rbg")) + v',
    ),
    "a branch": (
        "lambda v: lax.cond(v[0] > 1, lambda: v, lambda: -v)",
        "lambda v: lax.cond(v[0] > 1, lambda: -v, lambda: v)",
    ),
}
CIRCUMSTANCES = {
    "wide numbers": "jax.enable_x64(True)",
    "a way to draw": "jax.threefry_partitionable(False)",
    "a precision": 'jax.default_matmul_precision("highest")',
}
NAMELESS = {
    "calls Python": "lambda v: jax.pure_callback(np.sin, v, v)",
    "has an effect": 'lambda v: (jax.debug.print("{}", v), v)[1]',
    "has a rule of its own": "own.bind",
    "holds much": "lambda v: v + jnp.asarray(np.zeros(20_000))[:6]",
}
OWN = """
from jax.extend.core import Primitive
from jax.interpreters import mlir
own = Primitive("sin")
own.def_abstract_eval(lambda v: v)
mlir.register_lowering(own, mlir.lower_fun(jnp.cos, multiple_results=False))
"""


def words(code: str) -> list[str]:
    """What a fresh process prints."""
    return said(f"{SETUP}\n{code}").split()


def test_programs_that_differ_have_names_that_differ() -> None:
    """In whatever they differ; and what is written twice has one name, here and elsewhere."""
    lines = [f"print(name({f}))" for pair in DIFFERENT.values() for f in pair]
    names, again = words("\n".join(lines)), words("\n".join(reversed(lines)))[::-1]
    assert len(names) == 2 * len(DIFFERENT)
    told = zip(DIFFERENT, names[::2], names[1::2], strict=True)
    assert [what for what, one, other in told if one == other or "None" in (one, other)] == []
    assert names == again


@pytest.mark.parametrize("setting", CIRCUMSTANCES.values(), ids=CIRCUMSTANCES)
def test_programs_in_other_circumstances_have_other_names(setting: str) -> None:
    """What JAX lowers differently under a setting is not taken for the same."""
    function = "lambda v: v @ v + jax.random.uniform(jax.random.key(0))"
    code = f"f = {function}\nprint(name(f))\nwith {setting}:\n    print(name(f))"
    one, other = words(code)
    assert one != other


@pytest.mark.parametrize("function", NAMELESS.values(), ids=NAMELESS)
def test_what_cannot_be_told_apart_has_no_name(function: str) -> None:
    """A function of the student's, an effect, a lowering of their own: JAX's way is taken."""
    assert words(f"{OWN}\nprint(name({function}))")[-1] == "None"


CHUNKS = 60
SAMPLES = """
import contextlib, hashlib, io, re, runpy
texts = {{}}
def note(text, *about):
    if isinstance(text, programs.Unlowered):
        unlabelled = re.sub('jax.result_info = "[^"]*"', "", str(text.text))
        whole = unlabelled + str(about[1:4])
        texts.setdefault(text.name, set()).add(hashlib.sha256(whole.encode()).hexdigest())
    return compile_it(text, *about)
pxla._cached_compilation = note
for file in {files}:
    with contextlib.suppress(BaseException), contextlib.redirect_stdout(io.StringIO()):
        function = runpy.run_path(file)[{function!r}]
        for case in {cases}:
            case["x"] = jnp.asarray(np.array(case["x"], np.float32))
            with contextlib.suppress(BaseException):
                function(**case)
print(len(texts), sum(len(found) > 1 for found in texts.values()))
"""


@pytest.mark.lowered
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_same_name_is_the_same_text(chunk: int) -> None:
    """What samples compile, they lower to one text a name: nothing was left out of the name."""
    files = [str(file) for file in FILES[chunk::CHUNKS] if file.parent.name not in ENDLESS]
    cases = [_plain(known.case) for known in key_file.read(EXERCISE.public_key, None).public[::4]]
    count, twice = map(
        int, words(SAMPLES.format(files=files, function=EXERCISE.function, cases=cases))
    )
    assert twice == 0
    assert count > 20


ENDLESS = {"timed-out", "killed", "out-of-memory"}


def _plain(case: Case) -> dict[str, object]:
    return {k: getattr(v, "tolist", lambda v=v: v)() for k, v in case.arguments.items()}
