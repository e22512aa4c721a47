"""Notebooks: from cells to the Python source that a function needs, and back to cells.

`grader.kernel.live` runs in the student's kernel and imports next to nothing; all else is on the
trusted side. A notebook is never executed there, and its outputs are never looked at.
"""

__all__ = ["extract", "file", "magics", "statements", "submitted"]
