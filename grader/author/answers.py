"""What programs answer to cases, as workers would send it (the author's side: JAX runs here)."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np

from grader import wire
from grader.author.solution import Program, Solution
from grader.core.case import Case
from grader.core.observation import parse_tree
from grader.core.tree import numbers
from grader.worker import trees
from grader.worker.raised import describe


def answer(function: Callable[..., Any], case: Case, file: str = "") -> wire.Answer:
    """Call a function on a case; what it raises is an answer too, with its lines in a file."""
    wanted = case.to_wire()
    arguments = {name: trees.decode(value, numpy=False) for name, value in wanted.items()}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = function(**arguments)
            tree = trees.encode(value)
    except Exception as error:  # noqa: BLE001  # whatever a pitfall raises
        return describe(error, file)
    mutated = any(trees.encode(v) != wanted[k] for k, v in arguments.items() if trees.can_change(v))
    return wire.Returned(type(value).__name__, None, False, mutated, None, tree)


def answers(solution: Solution, program: Program, cases: list[Case]) -> list[wire.Answer]:
    """What one program answers to all cases."""
    with solution.running(program) as function:
        return [answer(function, case, str(solution.module.__file__)) for case in cases]


def variants(solution: Solution, case: Case) -> Iterator[tuple[str, wire.Answer]]:
    """What the reference answers where it is compiled whole, mapped, or computes in 64 bits.

    A variant that the function does not allow raises, and is left out.
    """
    import jax

    fixed = [k for k, v in case.arguments.items() if isinstance(v, bool | int | str | None)]
    with solution.running(()) as function:
        yield "jit", answer(jax.jit(function, static_argnames=fixed), case)
        yield "vmap", answer(_mapped(function, fixed), case)
        with suppress(AttributeError), jax.enable_x64(True):
            yield "x64", answer(function, case)


def _mapped(function: Callable[..., Any], fixed: list[str]) -> Callable[..., Any]:
    """The function, mapped over two of each array and looked at in one."""
    import jax

    def call(**arguments: Any) -> Any:
        still = {name: arguments.pop(name) for name in fixed}
        twice = jax.tree.map(lambda leaf: jax.numpy.stack([leaf, leaf]), arguments)
        mapped = jax.vmap(lambda moving: function(**moving, **still))(twice)
        return jax.tree.map(lambda leaf: leaf[0], mapped)

    return call


def in_numbers(answer: wire.Answer) -> np.ndarray | None:
    """The numbers (n,) of an answer; None where it raised."""
    return None if isinstance(answer, wire.Raised) else numbers(parse_tree(answer.tree))
