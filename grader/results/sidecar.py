"""What a bulk run notes of itself and of each report: settings, digests, times (trusted side)."""

import hashlib

import msgspec

SCHEMA = "lift-grader/run/1"


class Settings(msgspec.Struct, frozen=True):
    """All that a report depends on besides the submission."""

    exercise: str
    grader: str
    key: str
    timeout: float
    unsafe: bool = False

    @property
    def digest(self) -> str:
        """A short name for these settings."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:16]


class Note(msgspec.Struct, frozen=True):
    """What one report was made of, its digest and its behaviour's, and how long that took."""

    id: str
    sha256: str
    settings: str
    report: str
    seconds: float
    behaviour: str = ""


class RunFile(msgspec.Struct, frozen=True):
    """The sidecar: the only file that differs from run to run."""

    schema: str
    settings: Settings
    run: dict[str, str | int | float]
    machine: dict[str, str | int]
    notes: tuple[Note, ...]
