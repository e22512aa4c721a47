"""The rules of a course, and the score that they give beside the automatic one (trusted side)."""

__all__ = [
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
    "told",
    "verdict",
    "words",
]
