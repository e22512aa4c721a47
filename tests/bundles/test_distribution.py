"""What may be handed out of the grader, and zips that are always the same."""

import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from exercise import EXERCISE
from grader import ROOT
from grader.bundles import distribution
from grader.core.errors import UsageError


def test_list_names_the_grader_and_the_public_key() -> None:
    """Every module of both packages is in it, the key's public half, and nothing else."""
    files = distribution.files(EXERCISE)
    assert {"grader/worker/serve.py", "exercise/custom_lift.py", distribution.KEY} <= set(files)
    assert {name.split("/")[0] for name in files} == set(distribution.PACKAGES)
    assert "".join(f"{n}\n" for n in sorted(files) if n != distribution.KEY) == (
        distribution.listing(ROOT)
    )


def test_what_lies_beside_is_not_taken(tmp_path: Path) -> None:
    """A file that the list does not name stays where it is, whatever its suffix."""
    for name in (
        "grader/bundles/__init__.py",
        "grader/core/__init__.py",
        "grader/__pycache__/run.pyc",
        "exercise/my_answer.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "exercise" / "__init__.py").write_text("")
    (tmp_path / "exercise" / "key").mkdir()
    (tmp_path / distribution.KEY).write_text("")
    own = ("errors", "files", "derived")
    for name in ("__init__.py", *(f"core/{n}.py" for n in own), "bundles/distribution.py"):
        (tmp_path / "grader" / name).write_bytes((ROOT / "grader" / name).read_bytes())
    (tmp_path / "grader" / distribution.LIST).write_text("grader/core/errors.py\n")
    code = (
        "from types import SimpleNamespace; from grader.bundles.distribution import files; "
        "print(*files(SimpleNamespace(packed=())))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["grader/core/errors.py", distribution.KEY]


def test_zip_depends_on_nothing_but_the_files(tmp_path: Path) -> None:
    """Order, clock, umask and what was there before do not show in the bytes."""
    first, second = tmp_path / "a.zip", tmp_path / "deep" / "b.zip"
    distribution.write_zip(first, {"b": b"2", "a/é": b"1"}, executable=["b"])
    before = os.umask(0o077)
    try:
        distribution.write_zip(second, {"a/é": b"1", "b": b"2"}, executable=["b"])
    finally:
        os.umask(before)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert [e.filename for e in archive.infolist()] == ["a/é", "b"]
        assert [oct(e.external_attr >> 16) for e in archive.infolist()] == ["0o100644", "0o100755"]
    assert stat.S_IMODE(second.stat().st_mode) == 0o644


def test_zip_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    """A folder in its place is an error in one sentence, and no partial file stays."""
    (tmp_path / "out.zip").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        distribution.write_zip(tmp_path / "out.zip", {"a": b""})
    assert [p.name for p in tmp_path.iterdir()] == ["out.zip"]
