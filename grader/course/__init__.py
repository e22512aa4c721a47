"""The rules of a course, and the score that they give beside the automatic one (trusted side)."""

__all__ = [
    "conclusion",
    "correct",
    "correction",
    "final",
    "finals",
    "handed_in",
    "keep",
    "read",
    "rules",
    "stamp",
    "stamps",
    "student",
    "verdict",
    "words",
]
