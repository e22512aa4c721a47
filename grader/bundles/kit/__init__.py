"""The kit that an instructor hands out: what is in it, and how it starts on a student's machine."""

__all__ = ["contents"]
