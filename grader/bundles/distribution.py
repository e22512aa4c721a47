"""The files of the grader that may be handed out, and zips of them, always the same (trusted side).

Only what `distribution.txt` names is ever read: bytecode, notes and answers beside it stay where
they are. The list is written by: python -m grader.bundles.distribution [--check]
"""

import io
import sys
import zipfile
from collections.abc import Collection, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from grader import ROOT
from grader.core import derived
from grader.core.errors import UsageError
from grader.core.files import write_whole

if TYPE_CHECKING:
    from grader.core.exercise import Exercise

LIST = "bundles/distribution.txt"
FOLDER = "exercise"  # where an exercise lies beside the grader, whatever its folder is called
PACKAGES = ("grader", FOLDER)
SUFFIXES = (".css", ".j2", ".js", ".json", ".md", ".py", ".sh", ".toml", ".txt", ".yml")
KEY = "exercise/key/public.key"
DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold
FILE, EXECUTABLE = 0o100644, 0o100755
UNIX = 3


def files(exercise: "Exercise") -> dict[str, bytes]:
    """The grader and the public files of an exercise, by path; from a checkout as from a wheel.

    Raises UsageError for an exercise that is not whole.
    """
    names = [*_package("grader").joinpath(LIST).read_text("utf-8").split(), KEY]
    if not exercise.packed:
        return {name: _content(name) for name in names}
    exercise.require_built()
    files = {name: _content(name) for name in names if not name.startswith(f"{FOLDER}/")}
    try:
        own = {name: (exercise.folder / name).read_bytes() for name in exercise.packed}
    except OSError as error:
        raise UsageError(f"{error.filename} is not there: {exercise.build}") from None
    return files | {f"{FOLDER}/{name}": content for name, content in own.items()}


def _content(name: str) -> bytes:
    package, *rest = name.split("/")
    try:
        content = _package(package).joinpath(*rest).read_bytes()
    except OSError:
        also = ": build the key first, with make key" if name == KEY else ""
        raise UsageError(f"{name} is not there{also}.") from None
    return content if name == KEY else content.replace(b"\r\n", b"\n")  # as git on Windows has it


def _package(name: str) -> Traversable:
    return resources.files(name)


def write_zip(path: Path, files: Mapping[str, bytes], executable: Collection[str] = ()) -> None:
    """Write a zip whose bytes depend on nothing but the files, whole or not at all.

    Raises UsageError where it cannot be written. Nothing is compressed: another zlib would give
    other bytes, and what a zip holds can be searched.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system = UNIX
            entry.external_attr = (EXECUTABLE if name in executable else FILE) << 16
            archive.writestr(entry, files[name])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, packed.getvalue(), mode=0o644)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None


def listing(root: Path) -> str:
    """What the list should say: the files of both packages with a suffix that is handed out."""
    found = [p for package in PACKAGES for p in (root / package).rglob("*") if p.is_file()]
    shown = [p.relative_to(root).as_posix() for p in found if p.suffix in SUFFIXES]
    return "".join(f"{name}\n" for name in sorted(shown))


def main() -> int:
    """Write the list, or tell whether it is right."""
    return derived.main("grader.bundles.distribution", {ROOT / "grader" / LIST: listing(ROOT)})


if __name__ == "__main__":
    sys.exit(main())
