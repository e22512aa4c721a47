"""Reports as HTML (trusted side). All text is escaped; no script, nothing from elsewhere."""

__all__ = ["page", "submission_page", "verdict", "write"]
