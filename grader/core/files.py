"""Files that are whole at every moment: all of it is there, or what was there before."""

import os
import secrets
import shutil
from pathlib import Path
from typing import Any, Literal

import msgspec


def write_whole(
    path: Path,
    data: bytes,
    *,
    mode: int | None = None,
    staging: Path | None = None,
    durable: bool = True,
) -> None:
    """Put a file in the place of another, and give it that one's mode; raises OSError.

    A link is replaced and not followed. While it is written it lies in the folder `staging`, on
    the same file system, or beside its place. One that is not `durable` may be lost with the power.
    """
    partial = (staging or path.parent) / f".writing-{secrets.token_hex(8)}"
    try:
        with partial.open("xb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if mode is not None:
            partial.chmod(mode)
        elif path.is_file() and not path.is_symlink():
            shutil.copymode(path, partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def to_json(value: Any, *, indent: int = 2, order: Literal["sorted"] | None = None) -> bytes:
    """A document as bytes: indented, its fields in their order, with a final newline."""
    encoded = msgspec.json.encode(value, order=order)
    return msgspec.json.format(encoded, indent=indent) + b"\n"
