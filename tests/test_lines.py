"""What a report points at: the line that a fault is on, the weights that were found."""

from collections.abc import Callable

import pytest

from exercise.lines import line_of
from grader.report import Report
from grader.source import Source

from .conftest import SAMPLES


@pytest.mark.parametrize(
    ("sample", "code"),
    [
        ("first-copy-twice/loop_starts_from_copy_zero", "out = model.apply"),
        ("first-copy-twice+sum-not-mean/init-with-first", "out = model.apply(first, x)"),
        ("first-copy-twice+unexpected-keys/pop-without-pop", "result = outs[0]"),
        ("first-copy-twice/scan_carry_is_first", "return total / n_copies"),
    ],
)
def test_start_of_an_accumulator_is_its_line(sample: str, code: str) -> None:
    """A copy that counts twice is seen where the accumulator starts, else where it is returned."""
    source = Source.parse((SAMPLES / f"{sample}.py").read_bytes())
    line = line_of("first-copy-twice", source)
    assert line is not None
    assert source.lines[line - 1].strip().startswith(code)


def test_weights_are_shown_where_no_fault_is_named(grade_sample: Callable[[str], Report]) -> None:
    """An unnamed weighting of the right copies is drawn; an answer that is none is not."""
    average = grade_sample("unexplained/running_average.py").diagnosis
    assert average.faults == ()
    assert average.weights is not None
    assert average.weights.found == (0.125, 0.25, 0.5)
    assert grade_sample("unexplained/product_of_copies.py").diagnosis.weights is None


RAISING = """
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    if {condition}:
        raise ValueError(f"not {{x}}")
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    return jax.vmap(model.apply, in_axes=(0, None))(stacked, x).mean(0)
"""


@pytest.mark.parametrize(
    ("condition", "remark"),
    [
        ("n_copies == 1", "3 of 4 public calls returned, and 1 raised."),
        ("seed > 100", "A call with hidden inputs raised ValueError."),
    ],
)
def test_a_call_that_raised_is_told(
    condition: str, remark: str, grade_text: Callable[[str], Report]
) -> None:
    """Where only some calls raise and no fault is known, that is what the report says."""
    report = grade_text(RAISING.format(condition=condition))
    assert report.diagnosis.remark == remark
