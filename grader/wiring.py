"""What is graded here, and with what: the only module of grader/ that names the exercise.

An exercise is a folder: the one that was chosen, else the one beside the grader. What lies in
examples/ beside it is known too, and found by the name of its function or by its id.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from grader import ROOT
from grader.core.errors import GraderError, UsageError

if TYPE_CHECKING:
    from grader.core.exercise import Exercise
    from grader.core.key import Key
    from grader.core.submission import Submission
    from grader.sandbox.sandbox import Sandbox

VARIABLE = "GRADER_EXERCISE"
DEFINITION = "exercise.toml"  # of an exercise in two files
SHOWN = 2**18  # bytes of a source that lines are quoted from
_DEFINED = re.compile(rb"\bdef\s+(\w+)\s*\(")


def choose(folder: str) -> "Exercise":
    """Make a folder's exercise the one of this process and those that it starts."""
    found = at(folder)
    os.environ[VARIABLE] = str(Path(folder).resolve())
    return found


def exercise() -> "Exercise":
    """Give the exercise that was chosen, else the one beside this grader."""
    return at(os.environ.get(VARIABLE, ""))


def at(folder: str = "") -> "Exercise":
    """Give the exercise in a folder, or the one beside this grader; raises UsageError for none."""
    own = ROOT / "exercise"
    place = Path(folder).resolve() if folder else own
    if (place / DEFINITION).is_file():
        from grader.authored.exercise import read

        return read(place)
    if place == own:
        from exercise import EXERCISE

        return EXERCISE
    raise UsageError(f"There is no exercise in {folder}: it has no {DEFINITION}.")


def of_file(path: Path) -> "Exercise":
    """Give the exercise whose function a file defines, unless one was chosen or none is known."""
    from grader.core.submission import UnreadableError, most, read_bytes

    try:
        return of_source(read_bytes(path, most(path.name)))
    except UnreadableError:
        return exercise()


def of_source(source: bytes) -> "Exercise":
    """Give the exercise whose function a text defines, unless one was chosen or none is known.

    A text that names the function of the exercise beside the grader is for that one.
    """
    own = exercise()
    if os.environ.get(VARIABLE) or own.function.encode() in source:
        return own
    defined = {name.decode() for name in _DEFINED.findall(source)}
    return next((known for known in _known() if known.function in defined), own)


def of_results(id: str) -> "Exercise":
    """Give the exercise that results are of; raises UsageError where it is not known."""
    found = next((known for known in _known() if known.id == id), None)
    if found is None:
        raise UsageError(
            f"These are results of the exercise {id}, and this is {exercise().id}: "
            "name its folder with --exercise."
        )
    return found


def _known() -> Iterator["Exercise"]:
    """The exercise beside the grader, and those in examples/."""
    yield exercise()
    for file in sorted(ROOT.glob(f"examples/*/{DEFINITION}")):
        with suppress(UsageError, GraderError):  # one that is being written
            yield at(str(file.parent))


def key(exercise: "Exercise") -> "Key":
    """Read the key: its public half, and the hidden one where it is at hand.

    Raises UsageError where it was not built, or not of the files that are there.
    """
    from grader.core import key_file

    exercise.require_built()
    hidden = exercise.hidden_key
    return key_file.read(exercise.public_key, hidden if hidden.exists() else None)


def cache(exercise: "Exercise") -> Path:
    """This machine's compile cache for an exercise's submissions."""
    from grader.sandbox import cache

    return cache.location("workers" if not exercise.packed else f"workers-{exercise.id}")


def sandbox(
    exercise: "Exercise", timeout: float, *, warm: bool = False, unsafe: bool = False
) -> "Sandbox":
    """Give a sandbox, not yet open, with this machine's compile cache."""
    from grader.sandbox.sandbox import Sandbox

    return Sandbox(
        timeout=timeout,
        cache=cache(exercise),
        warmup=exercise.warmup if warm else None,
        secrets=[exercise.secret],
        unsafe=unsafe,
    )


def source(exercise: "Exercise", path: Path) -> list[str]:
    """The lines of a file's source, for the one that is quoted; none where it cannot be read."""
    from grader.core.submission import UnreadableError
    from grader.notebook.submitted import as_python
    from grader.sources import alone
    from grader.sources.entry import Wanted

    try:
        submission = alone.submission(path, Wanted.of(exercise))
        return lines(as_python(submission, exercise.function))
    except UnreadableError:
        return []


def lines(submission: "Submission") -> list[str]:
    """The lines of a submission's source."""
    return submission.content[:SHOWN].decode("utf-8", "replace").splitlines()
