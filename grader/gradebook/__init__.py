"""Scores back into the gradebook that a learning platform exported."""

__all__ = ["canvas", "cells", "feedback", "fill", "handback", "moodle", "roster"]
