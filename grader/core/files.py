"""Writes a file so that there is all of it at its place, or what was there before."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file, which is whole at every moment; raises OSError."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
