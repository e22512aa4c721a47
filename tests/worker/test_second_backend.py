"""What a warm worker compiles for itself gives what JAX gives, to the last bit."""

import pytest

from exercise import EXERCISE
from tests.support.fresh import said

PROGRAMS = """
import jax, numpy as np
import jax.numpy as jnp
from jax.experimental import io_callback

x = jnp.asarray(np.array([-1.25, 0.5, 1.0, 2.0], np.float32))
key = jax.random.key(7)
keys = jax.jit(lambda key: jax.random.split(key, 3))(key)
heard = []

def calls_python(x):
    jax.debug.callback(lambda v: heard.append(float(jnp.sum(v))), x)
    shape = jax.ShapeDtypeStruct(x.shape, x.dtype)
    return io_callback(np.cos, shape, x) + jax.pure_callback(np.sin, shape, x)

@jax.jit
def of_many_kinds(x, key):
    return jax.random.fold_in(key, 3), x.astype(jnp.bfloat16), x > 0.75, (), x[:0], 5

def made_anew(factor):
    return jax.jit(lambda x: (x * factor, x[::-1]))(x)

compiled = jax.jit(lambda x: jnp.outer(x, x)).lower(x).compile()
with jax.enable_x64(True):
    wide = jax.jit(lambda x: x.astype(jnp.float64).sum() / 3)(x)

def show(*values):
    for value in jax.tree.leaves(values):
        if jnp.issubdtype(value.dtype, jax.dtypes.prng_key):
            value = jax.random.key_data(value)
        about = value.dtype, value.shape, getattr(value, "weak_type", None)
        print(*about, np.asarray(value).tobytes().hex())

for again in range(2):
    show(keys, keys[0], of_many_kinds(x, key)[:-1], wide, made_anew(2), made_anew(3))
    show(compiled(x), jax.grad(jax.jit(lambda x: jnp.tanh(x).sum()))(x), list(x))
    show(jax.vmap(jax.jit(jax.random.normal))(keys), jnp.linalg.svd(jnp.outer(x, x)).S)
    show(jax.lax.scan(lambda total, v: (total + v, total), 0.0, x), jax.jit(calls_python)(x))
    show(jax.lax.fori_loop(0, again + 2, lambda i, x: x * 1.1 + i, x))
jax.effects_barrier()
print(heard)
"""
WARM = f"""
import os, sys
from grader.worker import warm
assert warm.prepare({str(EXERCISE.warmup)!r})
worker = os.fork()
if worker == 0:
    exec(sys.argv[1])
    sys.stdout.flush()
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]))
"""


@pytest.fixture(scope="module")
def cold() -> str:
    """What the programs print in a process of their own."""
    return said(PROGRAMS)


def test_arrays_keys_and_calls_of_python_are_those_of_jax(cold: str) -> None:
    """Types, shapes and bits are the same, at the first call and at later ones."""
    assert said(WARM, PROGRAMS) == cold
    assert cold.count("\n") > 40


def test_the_look_at_bits_can_fail(cold: str) -> None:
    """A program whose numbers differ by one unit in the last place is told from it."""
    nearly = PROGRAMS.replace("x * 1.1 + i", "x * 1.1000001 + i")
    assert nearly != PROGRAMS
    assert said(WARM, nearly) != cold


@pytest.mark.parametrize("hook", ["SecondBackend.compile", "Elsewhere.execute_sharded"])
def test_where_it_does_not_work_nothing_is_kept_warm(hook: str) -> None:
    """Another JAX, for which the hooks do not do, is seen before there is a submission."""
    code = f"""
from grader.worker import second_backend, warm
def unfit(*about, **named): raise TypeError
second_backend.{hook} = unfit
print(warm.prepare({str(EXERCISE.warmup)!r}))
"""
    assert said(code) == "False\n"
