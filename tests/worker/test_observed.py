"""What is seen of Modules is the submission's word: it names faults, and earns nothing."""

from collections.abc import Callable

from grader.core.report import Report

# Another kind of key, which the key knows no copies of: Modules show that they are independent.
OTHER_KEYS = """
import flax.linen as nn
import jax


def custom_lift_forward(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed + 77_777), n_copies)
    outputs, _ = jax.vmap(nn.Dense(features).init_with_output, in_axes=(0, None))(keys, x)
    return outputs.sum(0)
"""


def test_modules_name_faults_and_earn_nothing(grade_text: Callable[[str], Report]) -> None:
    """An answer that is explained by Modules alone earns what its form earns."""
    report = grade_text(OTHER_KEYS)
    assert [c.id for c in report.checks if c.points] == ["runs", "shape"]
    assert [f.id for f in report.diagnosis.faults] == ["unexpected-keys", "sum-not-mean"]


def test_known_keys_would_earn_points(grade_text: Callable[[str], Report]) -> None:
    """With keys that the key knows, the same program earns what its answers show."""
    report = grade_text(OTHER_KEYS.replace("seed + 77_777", "seed"))
    assert "independent-copies" in [c.id for c in report.checks if c.points]
