"""What is said of a report, whatever it is shown on (trusted side)."""
