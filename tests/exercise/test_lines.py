"""What a report points at: the line that a fault is on, the weights that were found."""

from collections.abc import Callable

import pytest

from exercise import facts
from exercise.faults import BY_ID
from grader.core.report import Report
from grader.core.source import Source
from tests.conftest import SAMPLES


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
    line = BY_ID["first-copy-twice"].line(source)
    assert line is not None
    assert source.lines[line - 1].strip().startswith(code)


@pytest.mark.parametrize(
    ("sample", "fault", "code"),
    [
        ("overwritten-accumulator/scan_step_assigns_carry", "", "carry = dense.apply(p, x)"),
        ("overwritten-accumulator/scan_drops_the_carry", "", "acc = model.apply("),
        (
            "overwritten-accumulator+unexpected-keys/fori_loop_ignores_acc",
            "overwritten-accumulator",
            "return dense.apply(",
        ),
        ("first-copy-twice/reduce_from_first", "", "total = functools.reduce("),
        ("shared-key+sum-not-mean/class_stacks_one_key", "sum-not-mean", "return jax.vmap(self"),
        ("shared-key+sum-not-mean/class_stacks_one_key", "shared-key", "keys = jnp.stack("),
        ("unexpected-keys/helper_folds_from_one", "", "return jnp.stack([jax.random.fold_in"),
        ("wrong-shape/layer-of-n-copies", "", "model = nn.Dense(n_copies)"),
        ("wrong-shape/keepdims", "", "return"),
        ("late-bound-lambda/init_in_the_lambda", "shared-key", "fns.append(lambda"),
    ],
)
def test_line_is_where_the_fault_is(sample: str, fault: str, code: str) -> None:
    """In a step of a scan, a helper or a class, it is the line to change, not that of the call."""
    source = Source.parse((SAMPLES / f"{sample}.py").read_bytes())
    line = BY_ID[fault or sample.partition("/")[0]].line(source)
    assert line is not None
    assert source.lines[line - 1].strip().startswith(code)


def test_row_may_know_the_line(grade_sample: Callable[[str], Report]) -> None:
    """An index that is a number is pointed at, and not what only turns the order."""
    sample = "missing-copy/first-of-the-reversed.py"
    (fault,) = grade_sample(sample).diagnosis.faults
    source = Source.parse((SAMPLES / sample).read_bytes())
    assert fault.line is not None
    assert "leaf[0]" in source.lines[fault.line - 1]


def test_return_of_an_inner_function_ends_no_loop() -> None:
    """It is one of the loop's own function that leaves copies out."""
    path = SAMPLES / "divided-twice+late-bound-lambda/def-in-loop.py"
    assert facts.early_return(Source.parse(path.read_bytes())) is None
    path = SAMPLES / "missing-copy/return_inside_loop.py"
    assert facts.early_return(Source.parse(path.read_bytes())) is not None


def test_inner_layer_is_the_line_of_its_keys(grade_sample: Callable[[str], Report]) -> None:
    """Where a Module around the layer changes the keys, neither split nor seed is pointed at."""
    sample = "sum-not-mean+unexpected-keys+wrong-layer/block_with_relu.py"
    keys, *_ = grade_sample(sample).diagnosis.faults
    source = Source.parse((SAMPLES / sample).read_bytes())
    assert keys.id == "unexpected-keys"
    assert "a Dense layer called Dense_0 inside another Module" in keys.evidence
    assert "nn.Dense(self.width)" in source.lines[(keys.line or 0) - 1]


ALONE = """
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    outputs, _ = jax.vmap(nn.Dense(features).init_with_output, in_axes=(0, None))(keys, x)
    return list(outputs[0]) if n_copies == 1 else outputs.mean(0)
"""


def test_form_of_a_single_copy_is_told_with_it(grade_text: Callable[[str], Report]) -> None:
    """A form that shows only where there is one copy is told of such a call, not of the first."""
    (fault,) = grade_text(ALONE).diagnosis.faults
    assert fault.evidence == "The call returned a list, not an array."
    fault, division = grade_text(ALONE.replace("mean", "sum")).diagnosis.faults
    assert fault.evidence == (
        "With n_copies=1, features=5 and 4 elements in x, the call returned a list, not an array."
    )
    assert division.id == "sum-not-mean"


WEIGHTED = """
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    outputs, _ = jax.vmap(nn.Dense(features).init_with_output, in_axes=(0, None))(keys, x)
    weights = jnp.arange(1.0, n_copies + 1) ** 2
    return (weights / weights.sum()) @ outputs
"""


def test_weights_are_shown_where_no_fault_is_named(
    grade_text: Callable[[str], Report], grade_sample: Callable[[str], Report]
) -> None:
    """An unnamed weighting of the right copies is drawn; an answer that is none is not."""
    average = grade_text(WEIGHTED).diagnosis
    assert average.faults == ()
    assert average.picture is not None
    assert average.picture.found == (0.07143, 0.2857, 0.6429)
    assert grade_sample("unexplained/product_of_copies.py").diagnosis.picture is None


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
        ("n_copies == 1", "9 of 10 public calls returned, and 1 raised."),
        (
            "100 < seed < 2**31 - 1",
            "Every public call returned; one with other inputs of the same sizes raised.",
        ),
    ],
)
def test_a_call_that_raised_is_told(
    condition: str, remark: str, grade_text: Callable[[str], Report]
) -> None:
    """Where only some calls raise and no fault is known, that is what the report says."""
    report = grade_text(RAISING.format(condition=condition))
    assert report.diagnosis.remark == remark
