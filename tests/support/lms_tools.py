"""What the tests of platforms share: folders, zips and tars of the same files."""

import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from grader.sources.entry import Class, Wanted
from grader.sources.find import find

STUB = "custom_lift.py"
FUNCTION = "custom_lift_forward"
WANTED = Wanted(STUB, FUNCTION)
Files = Mapping[str, str | bytes]


def as_folder(root: Path, name: str, files: Files) -> Path:
    """Files unpacked."""
    for path, content in files.items():
        file = root / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(encoded(content))
    return root / name


def as_zip(root: Path, name: str, files: Files) -> Path:
    """Files in a zip."""
    path = root / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for inside, content in files.items():
            opened.writestr(inside, encoded(content))
    return path


def as_tar(root: Path, name: str, files: Files, suffix: str = ".tar") -> Path:
    """Files in a tar."""
    path = root / f"{name}{suffix}"
    with tarfile.open(path, "w:gz" if suffix != ".tar" else "w") as opened:
        for inside, content in files.items():
            info = tarfile.TarInfo(inside)
            info.size = len(encoded(content))
            opened.addfile(info, io.BytesIO(encoded(content)))
    return path


def as_tgz(root: Path, name: str, files: Files) -> Path:
    """Files in a compressed tar."""
    return as_tar(root, name, files, ".tar.gz")


def as_wrapped_zip(root: Path, name: str, files: Files) -> Path:
    """A zip of the folder, with what macOS adds."""
    wrapped = {f"{name}/{path}": content for path, content in files.items()}
    wrapped |= {f"__MACOSX/{name}/._{Path(path).name}": b"\0" for path in files}
    return as_zip(root, f"{name} again", wrapped | {f"{name}/.DS_Store": b"\0"})


FORMS = (as_folder, as_zip, as_tar, as_tgz, as_wrapped_zip)


def encoded(content: str | bytes) -> bytes:
    """Content as bytes."""
    return content.encode() if isinstance(content, str) else content


def seen(source: Path, layout: str | None = None) -> dict[str, tuple[str, str, str]]:
    """For each id: its owners' ids, their names, and what was handed in (or why it is not)."""
    return {e.id: describe(e) for e in find([source], WANTED, layout).entries}


def describe(entry: object) -> tuple[str, str, str]:
    """An entry's owners and content."""
    from grader.core.submission import UnreadableError
    from grader.sources.entry import Entry

    assert isinstance(entry, Entry)
    try:
        content = entry.read().content.decode()
    except UnreadableError as error:
        content = str(error)
    ids = " ".join(f"{o.system}:{o.id}" for o in entry.owners)
    return ids, ", ".join(o.name for o in entry.owners), content


def refused(found: Class) -> dict[str, str]:
    """Why each place was refused."""
    return {r.place: r.reason for r in found.refused}
