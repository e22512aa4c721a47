"""From a submission to its report: run, mend, diagnose, check (trusted side)."""

__all__ = ["behaviour", "checks", "common", "grade", "suite"]
