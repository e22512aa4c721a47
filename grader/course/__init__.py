"""The rules of a course, and the score that they give beside the automatic one (trusted side)."""
