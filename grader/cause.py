"""A known cause of an exception or of a file that cannot be read: data that both sides share."""

from dataclasses import dataclass

# Each has hints of its own (`grader/verdict/hints.toml`, or the exercise's).
KINDS = (
    "unknown-name",
    "removed-name",
    "not-installed",
    "concrete-value",
    "one-device",
    "setting",
    "ended-itself",
    "asks-for-input",
    "walls",
    "encoding",
    "newer-python",
    "pasted",
)


@dataclass(frozen=True)
class Cause:
    """What kind of cause it is, and a sentence without its full stop.

    `brief`: the sentence says what is to be known, and the exception's message may be cut.
    """

    kind: str
    said: str = ""
    brief: bool = False
