"""The nouns of grading: cases, runs, submissions, keys, faults, reports (trusted side)."""
