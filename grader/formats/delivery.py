"""What a format is made of besides the report, and what comes of it (trusted side)."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.core.errors import UsageError
from grader.core.files import write_whole


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
                write_whole(path, content, mode=0o644)
            for path, content in self.additions.items():
                with path.open("ab") as file:
                    file.write(content)
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
        sys.stdout.buffer.write(self.stdout)
        sys.stdout.buffer.flush()
