"""The sentences of a diagnosis: pure functions of what was found."""
