"""Forges a value that is no array, of a type with a name of a megabyte."""
import sys

worker, wire = sys.modules["grader.worker.serve"], sys.modules["grader.wire"]
BAD = "\x1b[2J\u202e<script>\n::error::" * 40_000
worker.call = lambda *a: wire.Returned(BAD, None, False)


def custom_lift_forward(seed, x, n_copies, features):
    return 0
