"""What is packed for others: the kit for students, autograders for platforms (trusted side)."""
