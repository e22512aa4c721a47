"""What an instructor writes with gradescope-utils, and the harness that runs it."""

import json
import unittest
from pathlib import Path

import numpy as np
from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

CASES = json.loads(Path("cases.json").read_text())


class TestCases(unittest.TestCase):
    """A case is a test."""


def add(case):
    """Add the test of one case."""

    @weight(1)
    def test(_):
        from custom_lift import custom_lift_forward

        x = np.asarray(case["x"], np.float32)
        answer = custom_lift_forward(case["seed"], x, case["n_copies"], case["features"])
        assert np.shape(answer) == np.shape(case["expected"])
        assert np.allclose(answer, case["expected"], rtol=1e-4, atol=1e-5)

    setattr(TestCases, f"test_{case['id'].replace('-', '_')}", test)


for each in CASES:
    add(each)

if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(TestCases)
    with Path("results.json").open("w") as file:
        JSONTestRunner(visibility="visible", stream=file).run(suite)
