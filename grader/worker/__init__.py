"""All that shares a process with a submission, and nothing else (beside the student)."""

__all__ = ["arrays", "executables", "forks", "raised", "trees", "warm"]
