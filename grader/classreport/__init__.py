"""What a class understood: computed from the results of a bulk run by pure functions."""
