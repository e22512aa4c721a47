"""Answers with frames whose shape and bytes contradict each other."""
import sys

import numpy as np

wire = sys.modules["grader.wire"]
SHAPES = [(-1,), (2**62, 2**62), (0, 2**40), (1,) * 64, (5,), (3, 3), (2**63 - 1,)]
state = {"n": 0}


def forge(value):
    state["n"] += 1
    return wire.Array("float32", SHAPES[state["n"] % len(SHAPES)], b"\0" * 20)


sys.modules["grader.worker.arrays"].encode = forge


def custom_lift_forward(seed, x, n_copies, features):
    return np.zeros(features, np.float32)
