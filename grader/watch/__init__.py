"""Grading on every save (trusted side): changes and keys go into one queue, a session answers."""

__all__ = ["session"]
