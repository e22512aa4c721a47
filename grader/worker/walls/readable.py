"""Which files a worker may read: what honest programs import, and nothing of this project.

One entry of a folder at a time, since a permission for a folder cannot leave anything out.
"""

import os
import re
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader import ROOT

# Where these live is not readable, however they were installed.
PROJECT = ("grader", "exercise", "solution", "tests")
# Where answers are: the key and the reference, the samples, and the history of all.
_SECRET = ("solution", "tests", "examples", ".git")
SECRETS = "GRADER_SECRETS"  # folders of other answers, in a zygote's environment
_NAMES_PROJECT = re.compile(r"lift[-_.]grader|__editable__|.*\.(pth|egg-link)$", re.IGNORECASE)
_PACKAGES = ("site-packages", "dist-packages")
_DEVICES = (Path("/dev/null"), Path("/dev/urandom"))
_LINKER_CACHE = Path("/etc/ld.so.cache")


def folders(search_path: Sequence[str]) -> list[Path]:
    """The folders that modules are looked for in: what they hold may be listed."""
    named = [Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")]
    named += [Path(entry) for entry in search_path if entry]
    return [f for f in dict.fromkeys(named) if f.is_dir()]


def entries(search_path: Sequence[str], cache: Path | None) -> Iterator[Path]:
    """All that may be read, given where modules are looked for and JAX's compile cache."""
    answers = secrets()
    for entry in _all(search_path, cache):
        if not any(entry == answer or entry in answer.parents for answer in answers):
            yield entry


def _all(search_path: Sequence[str], cache: Path | None) -> Iterator[Path]:
    yield from _DEVICES
    yield _LINKER_CACHE
    yield Path(sys.executable).resolve()
    yield from _libraries()
    for folder in folders(search_path):
        yield from _entries(folder)
    if cache is not None and cache.is_dir():
        yield cache


def _entries(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name == "__pycache__" and folder.name in _PACKAGES:
            yield from (file for file in sorted(entry.iterdir()) if not _is_ours(file))
        elif entry.name not in _PACKAGES and not _is_ours(entry):
            yield entry


def _is_ours(entry: Path) -> bool:
    """Tell whether an entry is of this project, leads to it, or says where it is."""
    if entry.name.split(".")[0] in PROJECT or _NAMES_PROJECT.match(entry.name):
        return True
    if not entry.is_symlink():
        return False
    target = entry.resolve()
    return any(target == ROOT / name or ROOT / name in target.parents for name in PROJECT)


def secrets(others: Sequence[Path] | None = None) -> list[Path]:
    """The folders that hold answers: those of this project that are here, and others.

    The others are those of the environment, if none are given.
    """
    if others is None:
        others = [Path(name) for name in os.environ.get(SECRETS, "").split(os.pathsep) if name]
    return [path for path in (*(ROOT / name for name in _SECRET), *others) if path.exists()]


def _libraries() -> Iterator[Path]:
    """The system's shared libraries, for extension modules that are imported late."""
    loaded = (line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines())
    places = {Path(name).parent for name in loaded if re.search(r"/lib(c|m)[-.][^/]*so", name)}
    for place in sorted(places):
        yield from sorted(place.glob("*.so*"))


def by_anyone(paths: Sequence[Path]) -> bool:
    """Tell whether a user without any rights could reach and read all of these."""
    parents = {parent for path in paths for parent in path.resolve().parents}
    return all(p.stat().st_mode & 0o001 for p in parents) and all(
        p.stat().st_mode & 0o004 for p in paths if p.exists()
    )
