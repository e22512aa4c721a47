"""Forges an array with a dtype's name of a megabyte of escapes."""
import sys

import numpy as np

wire = sys.modules["grader.wire"]
BAD = "\x1b[2J\u202e<script>\n::error::" * 40_000
sys.modules["grader.worker.arrays"].encode = lambda value: wire.Array(BAD, (5,), bytes(20))


def custom_lift_forward(seed, x, n_copies, features):
    return np.zeros(features, np.float32)
