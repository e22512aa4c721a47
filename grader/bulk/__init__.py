"""Bulk grading: from a folder or an archive of submissions to reports and tables."""

__all__ = ["job", "machine", "rules", "select"]
