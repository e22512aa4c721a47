"""All that shares a process with a submission, and nothing else (beside the student)."""

__all__ = ["arrays", "forks", "programs", "raised", "trees", "warm"]
