"""What an instructor writes with plain pytest: a case is a test."""

import json
from pathlib import Path

import numpy as np
import pytest
from custom_lift import custom_lift_forward

CASES = json.loads(Path("cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    """The answer is the expected one."""
    x = np.asarray(case["x"], np.float32)
    answer = custom_lift_forward(case["seed"], x, case["n_copies"], case["features"])
    assert np.shape(answer) == np.shape(case["expected"])
    assert np.allclose(answer, case["expected"], rtol=1e-4, atol=1e-5)
