"""Forges an array with a dtype's name of a megabyte of escapes."""
import sys

import numpy as np

worker, wire = sys.modules["grader.worker"], sys.modules["grader.wire"]
BAD = "\x1b[2J\u202e<script>\n::error::" * 40_000
worker.encode = lambda value: wire.Array(BAD, (5,), bytes(20))


def custom_lift_forward(seed, x, n_copies, features):
    return np.zeros(features, np.float32)
