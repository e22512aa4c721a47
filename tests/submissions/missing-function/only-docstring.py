"""The solution is in the other file."""
