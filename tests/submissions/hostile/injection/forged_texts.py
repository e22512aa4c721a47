"""Forges a reply whose every text is hostile and long."""
import sys

worker, wire = sys.modules["grader.worker.serve"], sys.modules["grader.wire"]
BAD = "\x1b[2J\u202e<script>\n::error::" * 20_000
worker.describe = lambda *a: wire.Raised(BAD, BAD, tuple((i, BAD[:50]) for i in range(10_000)))


def custom_lift_forward(seed, x, n_copies, features):
    raise ValueError
