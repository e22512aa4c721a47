"""What the import of JAX and Flax puts off is read when it is asked for, and not before."""

import subprocess
import sys

import pytest

from grader.worker.imports import FOR_STORAGE, PUT_OFF

PROGRAM = """
import sys, types
{imported}
assert not [hook for hook in sys.meta_path if type(hook).__module__.startswith("grader")]
is_read = lambda name: type(sys.modules.get(name)) is types.ModuleType
print(*sorted(name for name in {names} if is_read(name)))
{then}
print(*sorted(name for name in {names} if is_read(name)))
"""
PUTTING_OFF = "from grader.worker import imports; imports.jax_and_flax()"
ASKED = """
import flax.linen as nn, jax, jax.numpy as jnp
print(len(nn.tabulate(nn.Dense(2), jax.random.PRNGKey(0))(jnp.ones(3))) > 100)
from etils import epath
epath.Path("a")
"""


def modules_read(imported: str, then: str = "") -> list[list[str]]:
    """Which modules are read after the import, and after what is done then; a line each."""
    names = sorted((*PUT_OFF, FOR_STORAGE))
    program = PROGRAM.format(imported=imported, then=then, names=names)
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True
    )
    return [line.split() for line in done.stdout.split("\n")[:-1]]


def test_nothing_is_read_before_it_is_asked_for() -> None:
    """What draws tables is read with the first table, and storage with its import."""
    before, drawn, after = modules_read(PUTTING_OFF, ASKED)
    assert before == []
    assert drawn == ["True"]
    assert {"etils", "rich.console", "rich.table", "yaml"} <= set(after)


@pytest.mark.looks
def test_the_look_at_what_is_read_can_fail() -> None:
    """JAX and Flax, imported as usual, read all of it: when they no longer do, it can go."""
    before, _ = modules_read("import flax.linen")
    assert set(before) == {*PUT_OFF, FOR_STORAGE}
