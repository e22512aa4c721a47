"""What a class understood: computed from the results of a bulk run by pure functions."""

__all__ = [
    "alike",
    "anonymous",
    "changes",
    "changes_text",
    "model",
    "overview",
    "patterns",
    "skeleton",
]
