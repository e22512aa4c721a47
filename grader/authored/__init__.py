"""Exercises that are written in two files: read, and graded by what their programs answer.

The public file, `exercise.toml`, says what is asked (`definition`). Of the secret one only numbers
are left, in the key: what the reference and each of its pitfalls answer to each case. A diagnosis
(`diagnose`) is the set of pitfalls that gives what was seen.
"""

__all__ = ["built", "definition", "exercise", "outcome", "view"]
