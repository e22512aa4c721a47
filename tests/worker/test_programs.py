"""What a process has used it neither lowers nor compiles again; each function stays its own."""

import pytest

from tests.support.fresh import said

SETUP = """
import jax, jax.numpy as jnp
from jax._src import compiler
from jax._src.interpreters import mlir
from grader.worker import programs
{remember}
done = []
def counted(do):
    return lambda *about, **named: done.append(do.__name__) or do(*about, **named)
compiler.backend_compile_and_load = counted(compiler.backend_compile_and_load)
mlir.lower_jaxpr_to_module = counted(mlir.lower_jaxpr_to_module)
x = jnp.arange(6.0)
def made_anew(number):
    return jax.jit(lambda x: jnp.sin(x) * number + x[::-1])(x)
"""
REMEMBER = "programs.find_here()"


def run(code: str, remember: str = REMEMBER) -> list[str]:
    """What a fresh process prints, with a compile cache that it only reads."""
    return said(f"{SETUP.format(remember=remember)}\n{code}").split()


AGAIN = "made_anew(3); before = len(done); made_anew(3); print(*done[before:])"


def test_the_same_program_is_lowered_and_compiled_once() -> None:
    """A function that is jitted anew in each call costs that once."""
    assert run(AGAIN) == []


def test_the_look_at_compilations_can_fail() -> None:
    """Without it, JAX does both again."""
    assert run(AGAIN, "") == ["lower_jaxpr_to_module", "backend_compile_and_load"]


def test_what_is_in_the_compile_cache_is_not_lowered() -> None:
    """A common operation is found by its name, in a fresh process."""
    common = "del done[:]; v = jnp.zeros(5) + jnp.zeros(5); print(*done)"
    assert run(common) == []
    assert run(common, "") != []


def test_other_options_are_another_program() -> None:
    """What a student tells the compiler is heard, also of a program that is known."""
    code = """
def made(**options):
    del done[:]
    jax.jit(lambda x: jnp.sin(x) * 3, **options)(x)
    return "backend_compile_and_load" in done
print(made(), made(), made(compiler_options={"xla_cpu_enable_fast_min_max": True}))
"""
    assert run(code) == ["True", "False", "True"]


def test_text_is_there_for_who_asks() -> None:
    """What a student may look at is JAX's: the text, the executable, what it costs."""
    code = """
lowered = jax.jit(lambda x: jnp.sin(x) + 1).lower(x)
print("sine" in lowered.as_text(), "sine" in str(lowered.compiler_ir()))
print(bool(lowered.compile().as_text()), lowered.cost_analysis() is not None)
from jax import export
exported = export.export(jax.jit(lambda x: jnp.sin(x) + 1))(x)
print("sine" in exported.mlir_module(), float(exported.call(x)[0]) == 1.0)
"""
    assert run(code) == ["True"] * 6


@pytest.mark.parametrize("remember", [REMEMBER, ""])
def test_another_constant_is_another_program(remember: str) -> None:
    """Programs that differ in a number that is written into them give different answers."""
    code = "print(*(float(made_anew(n)[2]) for n in (2, 3, 2)))"
    assert run(code, remember) == run(code, "")


def test_calls_out_to_python_reach_their_own_function() -> None:
    """A program that calls back is compiled for each function: two lists get their own numbers."""
    code = """
def noted(where):
    jax.jit(lambda x: jax.debug.callback(lambda v: where.append(float(v)), x.sum()))(x)
    jax.effects_barrier()
one, other = [], []
noted(one); noted(other)
print(one == other == [15.0])
"""
    assert run(code) == ["True"]


def test_another_jax_takes_its_own_way() -> None:
    """Where a hook does not do, the first use of JAX shows it, and nothing is hooked after it."""
    code = """
from grader.worker import serve
own = serve._probe().data
def unfit(*about): raise TypeError
programs.Programs._named = unfit
try:
    jax.clear_caches()
    jnp.ones(3) + 1
except TypeError:
    print("unfit")
print(serve._probe().data == own, (jnp.ones(3) + 1).sum())
"""
    assert run(code) == ["unfit", "True", "6.0"]
