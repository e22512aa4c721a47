"""A kit as a student starts it: unpacked, called, stopped half-way, and where something lacks."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.bundles.kit import launcher, troubles
from grader.cli import main
from grader.sandbox import cache
from tests.conftest import SAMPLES


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit, unpacked where the path has blanks and letters of several alphabets."""
    folder = tmp_path_factory.mktemp("mein kit ελ")
    assert CliRunner().invoke(main, ["kit", str(folder / "kit.zip")]).exit_code == 0
    with zipfile.ZipFile(folder / "kit.zip") as archive:
        archive.extractall(folder)
    return folder / "custom_lift"


def called(kit: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What `python check.py` does, with caches of its own, from another folder if one is given."""
    own = {"GRADER_CACHE_DIR": str(kit.parent / "cache"), "GRADER_STATE_DIR": str(kit.parent / "s")}
    return subprocess.run(
        [sys.executable, str(kit / "check.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        env={k: v for k, v in os.environ.items() if not k.startswith("JAX_")} | own,
        cwd=cwd or kit,
        timeout=500,
    )


def test_first_call_sets_up_and_gives_a_verdict(unpacked: Path, tmp_path: Path) -> None:
    """Also after a set-up that was broken off; JAX is used as it is; hints name the kit's way."""
    shutil.copytree(cache.location(), unpacked.parent / "cache" / cache.location().name)
    (unpacked / ".venv").mkdir()
    (unpacked / ".venv" / "half").write_text("of an earlier set-up")
    first = called(unpacked, cwd=tmp_path)
    assert first.returncode == 1, first.stderr
    assert "Setting up, once" in first.stderr
    assert "will be used" in first.stderr
    assert "custom_lift.py: 0 of 85 points; 7 more cases, worth 15 points" in first.stdout
    assert f"{Path(sys.executable).name} check.py hint" in first.stdout
    assert not (unpacked / ".venv" / "half").exists()
    assert not list((unpacked / ".venv").rglob("site-packages/jax"))
    hint = called(unpacked, "hint")
    assert (hint.returncode, hint.stderr) == (0, "")
    assert "hint 1 of 4" in hint.stdout
    mine = tmp_path / "mine.py"
    shutil.copyfile(SAMPLES / "correct" / "course-loop.py", mine)
    right = called(unpacked, "mine.py", cwd=tmp_path)
    assert right.returncode == 0, right.stderr
    words = " ".join(right.stdout.split())
    assert words.startswith("mine.py: 85 of 85 points; 7 more cases, worth 15 points, are graded")
    assert "every answer is right" not in words.lower()
    assert "7 more cases, worth 15 points, are graded later." in words
    assert words.endswith("Next: hand it in.")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Could not fetch: NewConnectionError(...)", "no connection to the package index"),
        ("socket.gaierror: getaddrinfo failed", "Is this machine online?"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        (
            "ERROR: No matching distribution found for jaxlib==0.10.2",
            "no release of jaxlib==0.10.2",
        ),
        ("one\ntwo\nERROR: something new", "ERROR: something new"),
    ],
)
def test_what_pip_says_is_told_in_words(said: str, told: str) -> None:
    """A student reads what is the matter and what to do, or else pip's last lines."""
    assert told in troubles.explain(said, Path("set-up.log"))


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Neither a folder that is read-only nor one that is no folder gives a traceback."""
    (tmp_path / "file").write_text("")
    with pytest.raises(troubles.SetUpError, match=r"did not work|cannot be written"):
        troubles.look(tmp_path / "file", little=True)
    with pytest.raises(troubles.SetUpError, match="cannot be written"), troubles.told():
        raise PermissionError(13, "Permission denied", "folder/.venv")
    with pytest.raises(troubles.SetUpError, match="disk is full"), troubles.told():
        raise OSError(28, "No space left on device")


def test_disk_that_is_too_small_is_told_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How much is needed and how much is there, before anything is downloaded."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 8, 10**7))
    with pytest.raises(troubles.SetUpError, match="about 1000 MB; 10 MB are free"):
        troubles.look(tmp_path, little=False)


def test_python_without_its_parts_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ensurepip this Python's pip does it; without pip as well, the student is told."""
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    pip = launcher._make(tmp_path / "env")
    assert pip[1:4] == ["-m", "pip", "--python"]
    done = subprocess.run([*pip, "--version"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(troubles.SetUpError, match="python3-venv"):
        launcher._make(tmp_path / "env")
