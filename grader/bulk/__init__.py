"""Bulk grading: from a folder or an archive of submissions to reports and tables."""
