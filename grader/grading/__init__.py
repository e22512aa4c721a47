"""From a submission to its report: run, mend, diagnose, check (trusted side)."""
