"""The folder that a bulk run leaves, written and read (trusted side)."""
