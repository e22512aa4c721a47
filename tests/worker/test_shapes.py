"""Shapes that Flax asks for again and again are worked out once, and come out as they would."""

import pytest

from tests.support.fresh import said

SETUP = """
import jax, jax.numpy as jnp
from flax import linen as nn
from flax.core import scope
from grader.worker import shapes
shapes.remember()
asked = []
ask = scope.jax._jax.eval_shape
scope.jax._jax = type("JAX", (), {"eval_shape": staticmethod(lambda *a: asked.append(a) or ask(*a)),
    "config": jax.config, "__getattr__": lambda self, name: getattr(jax, name)})()
x = jnp.ones(4)
def asks(layer, times):
    params = layer.init(jax.random.key(0), x)
    before = len(asked)
    for _ in range(times):
        layer.apply(params, x)
    return len(asked) - before
"""
FACTS = {
    "each shape is asked for once": "print(asks(nn.Dense(3), 5) <= 2, asks(nn.Dense(3), 5) == 0)",
    "another shape is asked for": "asks(nn.Dense(3), 1); print(asks(nn.Dense(4), 1) > 0)",
    "a program's own initialiser is asked each time": """
own = nn.Dense(3, kernel_init=lambda key, shape, dtype: jnp.ones(shape, dtype))
print(asks(own, 5) >= 5)""",
    "a wrong shape is found as ever": """
layer = nn.Dense(3)
params = layer.init(jax.random.key(0), x)
layer.apply(params, x)
for wrong in ((5, 3), (4, 2)):
    try:
        layer.apply({"params": params["params"] | {"kernel": jnp.ones(wrong)}}, x)
    except Exception as error:
        print(type(error).__name__ == "ScopeParamShapeError")""",
    "5.0 is no shape though it equals 5": """
asks(nn.Dense(3), 1)
try:
    print(nn.Dense(3.0).init(jax.random.key(0), x) and False)
except TypeError:
    print(True)
print(shapes._is_plain(((4, 3),)), not shapes._is_plain(((4, 3.0),)))""",
    "what depends on the kind of keys is asked for each kind": """
asks(nn.Dense(3), 1)
before = len(asked)
with jax.default_prng_impl("rbg"):
    nn.Dense(3).init(jax.random.PRNGKey(0), x)
print(len(asked) > before)""",
}


@pytest.mark.parametrize("fact", FACTS)
def test_shapes_are_what_they_were(fact: str) -> None:
    """What is remembered, and what is not, by the questions that reach JAX."""
    assert set(said(f"{SETUP}\n{FACTS[fact]}").split()) == {"True"}
