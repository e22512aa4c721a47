"""What a format is made of besides the report, and what comes of it (trusted side)."""

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import UsageError


@dataclass(frozen=True)
class Context:
    """Beside the report: the file as it was named, its lines, what it printed, what CI says."""

    file: str
    source: Sequence[str] = ()
    printed: Mapping[str, str] = field(default_factory=dict)  # by public case
    environment: Mapping[str, str] = field(default_factory=dict)
    target: Path | None = None  # --output
    checks: Path = Path()  # the exercise's file of them


@dataclass(frozen=True)
class Delivery:
    """Bytes for standard output, files to write, and what is added to files that CI reads."""

    stdout: bytes = b""
    files: Mapping[Path, bytes] = field(default_factory=dict)
    additions: Mapping[Path, bytes] = field(default_factory=dict)

    def write(self) -> None:
        """Write it all; raises UsageError for a file that cannot be written."""
        path = Path()
        try:
            for path, content in self.files.items():
                _write(path, content)
            for path, content in self.additions.items():
                with path.open("ab") as file:
                    file.write(content)
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
        sys.stdout.buffer.write(self.stdout)
        sys.stdout.buffer.flush()


def _write(path: Path, content: bytes) -> None:
    """Write a file, all of it or nothing; a link in its place is replaced and not followed."""
    handle, partial = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(partial).chmod(0o644)
        Path(partial).replace(path)
    except OSError:
        Path(partial).unlink()
        raise
