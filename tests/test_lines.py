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
