"""Corrections of scores by a person: one line each, in a file beside the results (trusted side)."""
