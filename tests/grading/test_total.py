"""The diagnosis is total: whatever a worker may send is graded, and no student makes us fail."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercise import EXERCISE
from exercise.diagnose import diagnose
from grader.core.key import Key
from grader.core.observation import Observation, Raised, Returned
from grader.core.run import ModuleCall, Run
from grader.core.submission import Submission
from grader.grading.checks import Graded
from grader.grading.suite import Suite

SOURCE = b"""
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    fs = [lambda p: p[i] for i in range(n_copies)]
    return jax.vmap(nn.Dense(features).init)(jax.random.PRNGKey(seed), x)[0] / 3
"""
NUMBERS = st.sampled_from([0.0, 1.0, -2.5, 1e-30, 1e30, 1e300, np.nan, np.inf, -np.inf])
MESSAGES = st.text(max_size=80) | st.sampled_from(
    [
        "vmap got inconsistent sizes for axes: one axis had size 3 and one had size 4",
        "tuple index out of range",
        "Too many indices",
        "broadcasting: (" + "9" * 1500 + ",), (5,)",
        "expected to generate shape (, ,) and it received has shape (3, )",
        "9" * 1900,
        "\u0663",
    ]
)


@st.composite
def returned(draw: st.DrawFn) -> Returned:
    """Arrays of every kind, and what is none."""
    shape = tuple(
        draw(st.sampled_from([(5,), (1, 5), (3, 5), (5, 3), (0, 5), (), (1,), (15,), (2, 2, 2)]))
    )
    dtype = draw(
        st.sampled_from(["float32", "float64", "float16", "bfloat16", "int32", "complex64", "odd"])
    )
    kind = np.complex128 if dtype == "complex64" else np.float64
    array = np.full(shape, draw(NUMBERS), kind)
    if array.size and draw(st.booleans()):
        array.flat[0] = draw(NUMBERS)
    held = None if draw(st.integers(0, 9)) == 0 else array
    bare = draw(st.booleans())
    return Returned(draw(st.text(max_size=5)), dtype, shape, held, bare, draw(st.booleans()))


RAISED = st.builds(
    Raised,
    st.sampled_from(["ValueError", "KeyError", "IndexError", "X"]),
    MESSAGES,
    st.lists(st.tuples(st.integers(1, 99), st.text(max_size=3)), max_size=2).map(tuple),
)
MODULES = st.builds(
    ModuleCall,
    st.sampled_from(["Dense", "Other"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, np.ones((4, 5)), np.zeros((4, 5)), np.ones((2, 2))]),
    st.sampled_from([None, np.ones(5), np.zeros((2, 5)), np.ones(1)]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_was_seen_is_graded(key: Key, suite: Suite, data: st.DataObject) -> None:
    """Any observations on any cases, in both runs, give a diagnosis and checks with points."""
    some: list[Observation] = data.draw(st.lists(returned() | RAISED, min_size=1, max_size=3))
    right = data.draw(st.booleans())
    seen: dict[str, Observation] = {}
    for number, case in enumerate(key.cases):
        if right and number % 2:
            numbers = case.expected.astype(np.float64)
            seen[case.case.id] = Returned("Array", "float32", numbers.shape, numbers, True)
        else:
            seen[case.case.id] = some[number % len(some)]
    crashed = all(isinstance(s, Raised) for s in seen.values())
    first = key.public[0].case.id
    calls = tuple(data.draw(st.lists(MODULES, max_size=4)))
    run = Run("crashed" if crashed else "graded", seen, init_calls={first: 1})
    second = Run("graded", seen, module_calls={first: calls}, module_answers={first: np.ones(5)})
    submission = Submission.of("a.py", SOURCE)
    for other in (None, second):
        diagnosis = diagnose(submission, key, run, other)
        results = suite.run(Graded(run, diagnosis, key, EXERCISE))
        assert sum(check.points for check in results) < 100
