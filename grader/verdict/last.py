"""What was diagnosed last, and how many hints on it were given: a small file in the user's state.

It may be missing, damaged, of another version or not writable: then there is no last diagnosis.
"""

import os
from contextlib import suppress
from pathlib import Path

import msgspec
import platformdirs

from grader import NAME as APPLICATION
from grader.core.files import write_whole
from grader.verdict.hints import Subject

VARIABLE = "GRADER_STATE_DIR"
LARGEST = 64 * 1024


class Last(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The subject of the last check of a file, and the level of the last hint given (0: none).

    `exercise` is the folder of the exercise that it was checked for.
    """

    path: str
    subject: Subject
    level: int = 0
    exercise: str = ""


def location() -> Path:
    """Where it lies."""
    base = os.environ.get(VARIABLE) or platformdirs.user_state_path(APPLICATION)
    return Path(base) / "last.json"


def load() -> Last | None:
    """Read it; None for anything that is not what `save` writes."""
    try:
        with location().open("rb") as file:
            return msgspec.json.decode(file.read(LARGEST), type=Last)
    except (OSError, ValueError):  # msgspec's errors are ValueErrors
        return None


def save(last: Last | None) -> None:
    """Write it, whole or not at all; a place that cannot be written is no one's trouble."""
    place = location()
    with suppress(OSError):
        if last is None:
            place.unlink(missing_ok=True)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, msgspec.json.encode(last), durable=False)


def remember(path: Path, subject: Subject | None, exercise: Path | None = None) -> None:
    """Note a new diagnosis; the level stays while file and fault are the same."""
    if subject is None:
        save(None)
        return
    before = load()
    where = os.path.abspath(path)  # noqa: PTH100  # resolve() would follow an editor's links
    same = before is not None and (before.path, before.subject.id) == (where, subject.id)
    level = before.level if same and before else 0
    save(Last(where, subject, level, str(exercise or "")))
