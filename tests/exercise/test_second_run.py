"""What a second run is made for, and what it is spared."""

from typing import Any

import pytest

from exercise import EXERCISE
from grader.core.key import Key
from grader.core.run import Plan, Run
from grader.core.submission import Submission, read
from grader.grading import grade as grading
from grader.sandbox.sandbox import Sandbox
from tests.conftest import SAMPLES
from tests.exercise.test_mend import program

SPLIT = "jax.random.split({}, n_copies)"
DEFINED = "def custom_lift_forward"
FIRST = """kept = []


def first(seed):
    kept.append(jax.random.PRNGKey(seed))
    return kept[0]


"""


@pytest.mark.parametrize(
    ("sample", "called", "observed"),
    [
        ("correct/course-loop.py", [17], [0]),
        ("sum-not-mean/wrong_variable_returned.py", [17], [0]),
        ("shared-key/init_once_and_tile.py", [17, 0], [0, 2]),
        ("unexpected-keys/seed_plus_i.py", [17, 0], [0, 2]),
        ("wrong-layer/ones_kernel.py", [17, 0], [0, 2]),
        ("ignored-seed/key_zero.py", [17, 17], [0, 2]),
        ("unexplained/bad-random-numbers.py", [17, 17], [0, 2]),
    ],
)
def test_second_run_does_what_could_still_decide(
    sample: str,
    called: list[int],
    observed: list[int],
    key: Key,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Modules are looked at where numbers leave them open; calls are made again where state may."""
    plans: list[Plan] = []
    execute = grading.execute

    def noting(*given: Any) -> Run:
        plans.extend(part for part in given if isinstance(part, Plan))
        return execute(*given)

    monkeypatch.setattr(grading, "execute", noting)
    grading.grade(EXERCISE, read(SAMPLES / sample), key, sandbox)
    assert [len(plan.cases) for plan in plans] == called
    assert [len(plan.observed) for plan in plans] == observed


@pytest.mark.parametrize("keys", [SPLIT, "jax.numpy.stack([{}] * n_copies)"])
@pytest.mark.parametrize("x", ["x", "2 * x"])
def test_state_that_feigns_a_constant_is_found(
    keys: str, x: str, key: Key, sandbox: Sandbox
) -> None:
    """Who keeps the key of the first call ignores no seed, whatever else is wrong."""
    source = program().replace(SPLIT.format("jax.random.PRNGKey(seed)"), keys.format("first(seed)"))
    source = source.replace("one(i), x", f"one(i), {x}").replace(DEFINED, FIRST + DEFINED)
    submission = Submission.of("custom_lift.py", source.encode())
    faults = grading.grade(EXERCISE, submission, key, sandbox).diagnosis.faults
    assert "nondeterministic" in [fault.id for fault in faults]
