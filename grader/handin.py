"""The one file of a folder that was handed in, on a platform that gives a folder (trusted side)."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from grader.sources.tree import is_skipped
from grader.submission import SUFFIXES, UnreadableError

MOST = 1000  # files that are looked at


def the_one_file(folder: Path, stub: str) -> Path:
    """Give the file named as the stub, or the only program; raises UnreadableError otherwise.

    A link that leads out of the folder could name any file of this machine, and is refused.
    """
    found = list(islice(_programs(folder), MOST))
    named = [path for path in found if path.name == stub]
    if folder / stub in named:
        chosen = folder / stub
    elif len(named) == 1 or len(found) == 1:
        chosen = (named or found)[0]
    elif found:
        few = f"{len(found)} programs, and {len(named) or 'none'} of them named {stub}"
        raise UnreadableError(f"There are {few}. Hand in one file with that name.")
    else:
        raise UnreadableError(f"There is no {stub} in what was handed in.")
    if not Path(os.path.realpath(chosen)).is_relative_to(os.path.realpath(folder)):
        raise UnreadableError(f"{chosen.name} is a link that leads out of the folder.")
    return chosen


def _programs(folder: Path) -> Iterator[Path]:
    for above, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not is_skipped(f))
        for name in sorted(files):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith("._"):
                yield Path(above, name)
