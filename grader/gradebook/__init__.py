"""Scores back into the gradebook that a learning platform exported."""
