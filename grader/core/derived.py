"""Files that are derived from others: written again, or held against what they should be."""

import sys
from collections.abc import Collection, Mapping
from pathlib import Path


def main(command: str, wanted: Mapping[Path, str], old: Collection[Path] = ()) -> int:
    """Write the files and remove old ones; with `--check`, tell which are not as they should be.

    `command` is what writes them. Gives an exit code.
    """
    if "--check" not in sys.argv[1:]:
        for path in old:
            path.unlink()
        for path, text in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        return 0
    stale = [path for path, text in wanted.items() if not _is(path, text)] + list(old)
    for path in stale:
        print(f"{path.name} is stale: run python -m {command}")
    return int(bool(stale))


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text
