"""What a process has compiled it does not compile again, and each function stays its own."""

import subprocess
import sys

import pytest

from grader.sandbox import cache
from grader.sandbox.environment import environment

SETUP = """
import jax, jax.numpy as jnp
from jax._src import compiler
from grader.worker import programs
{remember}
compiled = []
compile_it = compiler.backend_compile_and_load
def counted(*about, **named):
    compiled.append(1)
    return compile_it(*about, **named)
compiler.backend_compile_and_load = counted
x = jnp.arange(6.0)
def made_anew(number):
    return jax.jit(lambda x: jnp.sin(x) * number + x[::-1])(x)
"""
REMEMBER = "programs.remember()"


def run(code: str, remember: str = REMEMBER) -> list[str]:
    """What a fresh process prints, with a compile cache that it only reads."""
    whole = f"{SETUP.format(remember=remember)}\n{code}"
    env = environment(cache.location(), fill_cache=False)
    done = subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


AGAIN = "made_anew(3); before = len(compiled); made_anew(3); print(len(compiled) - before)"


def test_the_same_program_is_compiled_once() -> None:
    """A function that is jitted anew in each call costs one compilation."""
    assert run(AGAIN) == ["0"]


def test_the_look_at_compilations_can_fail() -> None:
    """Without it, JAX compiles the program again."""
    assert run(AGAIN, "") != ["0"]


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
