"""What is graded here, and with what: the only module of grader/ that names the exercise."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.core.exercise import Exercise
    from grader.core.key import Key
    from grader.core.submission import Submission
    from grader.sandbox.sandbox import Sandbox

SHOWN = 2**18  # bytes of a source that lines are quoted from


def exercise() -> "Exercise":
    """Give the exercise that this grader grades."""
    from exercise import EXERCISE

    return EXERCISE


def key(exercise: "Exercise") -> "Key":
    """Read the key: its public half, and the hidden one where it is at hand."""
    from grader.core import key_file

    hidden = exercise.hidden_key
    return key_file.read(exercise.public_key, hidden if hidden.exists() else None)


def sandbox(timeout: float, warmup: Path | None = None, *, unsafe: bool = False) -> "Sandbox":
    """Give a sandbox, not yet open, with this machine's compile cache."""
    from grader.sandbox import cache
    from grader.sandbox.sandbox import Sandbox

    return Sandbox(timeout=timeout, cache=cache.location(), warmup=warmup, unsafe=unsafe)


def source(path: Path) -> list[str]:
    """The lines of a file's source, for the one that is quoted; none where it cannot be read."""
    from grader.core.submission import UnreadableError
    from grader.notebook.submitted import as_python
    from grader.sources import alone
    from grader.sources.entry import Wanted

    try:
        submission = alone.submission(path, Wanted.of(exercise()))
        return lines(as_python(submission, exercise().function))
    except UnreadableError:
        return []


def lines(submission: "Submission") -> list[str]:
    """The lines of a submission's source."""
    return submission.content[:SHOWN].decode("utf-8", "replace").splitlines()
