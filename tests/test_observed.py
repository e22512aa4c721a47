"""What is seen of Modules is the submission's word: it earns nothing, and tells nothing hidden."""

from collections.abc import Callable

from grader.key import Key
from grader.report import Report

# A made-up answer as a sum of Modules' outputs: the weights tell a seed that was met before.
TELLS = """
import flax.linen as nn
import jax.numpy as jnp
import numpy as np

seen = [{met}]


class Layer(nn.Module):
    value: tuple

    @nn.compact
    def __call__(self, x):
        return jnp.asarray(self.value, jnp.float32)


def custom_lift_forward(seed, x, n_copies, features):
    seen.append(int(seed))
    told = 2 + max(s % 900 if s > 1000 else 0 for s in seen)
    answer = np.arange(1.0, features + 1)
    for i in range(n_copies):
        part = np.where(np.arange(features) % n_copies == i, answer, 0.0) * told
        Layer(tuple(part.tolist())).apply({{}}, x)
    return jnp.asarray(answer, jnp.float32)
"""
WEIGHTS = "Weights found: [{0} {0} {0}]"


def test_no_hidden_number_is_in_evidence(grade_text: Callable[[str], Report], key: Key) -> None:
    """The Modules of a public case are looked at before the program has met a hidden one."""
    assert any(k.case.integer("seed") > 1000 for k in key.hidden)
    report = grade_text(TELLS.format(met=""))
    assert WEIGHTS.format("0.5") in report.diagnosis.faults[-1].evidence


def test_a_number_that_was_met_would_be_in_evidence(grade_text: Callable[[str], Report]) -> None:
    """The same program with a seed that it knows does tell it: the test above can fail."""
    report = grade_text(TELLS.format(met="1898"))
    assert WEIGHTS.format("0.01") in report.diagnosis.faults[-1].evidence


def test_modules_earn_nothing(grade_text: Callable[[str], Report]) -> None:
    """An answer that is explained by Modules alone earns what its form earns."""
    report = grade_text(TELLS.format(met=""))
    assert [c.id for c in report.checks if c.points] == ["runs", "shape"]
    assert report.diagnosis.faults
