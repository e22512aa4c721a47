"""What is known of each student besides the report, kept beside the results (trusted side).

    DIR/course.toml        the rules, as they were given last
    DIR/handed-in.json     section, addresses and attempts of each submission
    DIR/attempts/<id>/     the report of each file that was handed in once, by its digest

An attempt is a file: the same file again is the same attempt, at the time that is told last.
"""

from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import structs

from grader.core.errors import UsageError
from grader.core.files import to_json
from grader.core.report import Report, from_json

SCHEMA = "lift-grader/handed-in/1"
NAME, ATTEMPTS = "handed-in.json", "attempts"


class Attempt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that was handed in: when, or else whether late, and who tells; nulls are not known."""

    sha256: str
    at: datetime | None = None
    late: bool | None = None
    by: str = ""
    unread: str = ""  # a time that was told and cannot be read
    told: int = 0  # attempts that the platform told of by then; 0 where it tells of none


class HandedIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One submission: its section, the addresses of its owners, its attempts, the newest last."""

    section: str = ""
    addresses: tuple[str, ...] = ()
    attempts: tuple[Attempt, ...] = ()

    def with_attempt(self, new: Attempt) -> "HandedIn":
        """Add an attempt at the end; of the same file, a time that was known stays if none is told.

        So a run without the roster that told it loses nothing.
        """
        before = next((a for a in self.attempts if a.sha256 == new.sha256), None)
        others = tuple(a for a in self.attempts if a.sha256 != new.sha256)
        if before is not None and new.at is None and (before.at is not None or new.late is None):
            new = before
        return structs.replace(self, attempts=(*others, new))


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file, by the ids of submissions."""

    schema: str = SCHEMA
    submissions: dict[str, HandedIn] = {}

    def to_json(self) -> bytes:
        """Give its bytes: indented, sorted, with a final newline."""
        return to_json(self, indent=1, order="sorted")


def read(folder: Path) -> dict[str, HandedIn]:
    """Read what is known; raises UsageError for a damaged file."""
    path = folder / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=File).submissions
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.MsgspecError) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from None


def attempt_path(folder: Path, id: str, sha256: str) -> Path:
    """Where the report of an attempt lies."""
    return folder / ATTEMPTS / id / f"{sha256[:16]}.json"


def attempt_report(folder: Path, id: str, sha256: str) -> Report | None:
    """The report of an attempt; None where it is not at hand or damaged."""
    try:
        report = from_json(attempt_path(folder, id, sha256).read_bytes())
    except (OSError, msgspec.MsgspecError):
        return None
    return report if report.submission.sha256 == sha256 else None
