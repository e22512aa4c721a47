"""What there is to grade: trees of files, whose they are, and how they are told apart."""
