"""Whether an exercise was built from the files that are there (trusted side)."""

from pathlib import Path

from grader.authored import definition
from grader.core import key_file
from grader.core.errors import UsageError

SOLUTION = "solution.py"
PUBLIC_KEY = "key/public.key"


def source_digest(folder: Path, course: str = "") -> str:
    """What a half depends on: both files, and the secret, for the hidden one alone."""
    return key_file.digest_of((folder / definition.NAME, folder / SOLUTION), course)


def command(folder: Path) -> str:
    """What builds an exercise."""
    return f"grader author build {folder}"


def require_built(folder: Path) -> None:
    """Raise UsageError where there is no key, or one of other files.

    Without the secret file nobody can tell of which.
    """
    public = folder / PUBLIC_KEY
    if not public.is_file():
        raise UsageError(f"There is no key: {command(folder)}")
    if not (folder / SOLUTION).is_file():
        return
    if key_file.source_digest(public) not in ("", source_digest(folder)):
        raise UsageError(f"The exercise has changed since it was built: {command(folder)}")
