"""One student never stops a class: what exceeds the bounds is refused for that student alone."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.sources import bounds, folder
from grader.sources.find import find
from tests.support import forked
from tests.support.lms_tools import FORMS, WANTED, Files, as_folder, as_tgz, as_zip, refused, seen

FEW = 50
HONEST = {f"lift-{name}/custom_lift.py": name for name in ("ann", "bob")}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound that a test reaches soon."""
    for module in (bounds, folder):
        monkeypatch.setattr(module, "MAX_FILES", FEW)


def deepen(place: Path, folders: int) -> None:
    """Make folders, one in the other, deeper than a path may be long."""
    here = os.getcwd()  # noqa: PTH109
    os.chdir(place)
    try:
        for _ in range(folders):
            Path("deep").mkdir()
            os.chdir("deep")
        Path("custom_lift.py").write_text("x")
    finally:
        os.chdir(here)


def remove(place: Path) -> None:
    """Remove what `shutil.rmtree` would take too deep a stack for."""
    subprocess.run(["rm", "-rf", str(place)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="uses rm, and paths longer than some allow")
@pytest.mark.parametrize("wrapped", ["", "class", "a/b"])
def test_clone_that_is_too_deep_is_refused_alone(tmp_path: Path, wrapped: str) -> None:
    """1,200 folders one in the other: named in the summary, and the others are graded."""
    source = as_folder(
        tmp_path, "all", {f"{wrapped}/{p}".lstrip("/"): s for p, s in HONEST.items()}
    )
    clone = source / wrapped / "lift-eve"
    clone.mkdir()
    (clone / "custom_lift.py").write_text("eve")
    deepen(clone, 1200)
    try:
        found = find([source], WANTED)
    finally:
        remove(clone)
    assert [e.id for e in found.entries] == ["lift-ann", "lift-bob"]
    (place,) = refused(found)
    assert place.endswith("lift-eve")
    assert refused(found)[place] == bounds.TOO_DEEP


def test_clone_with_very_many_files_is_refused_alone(tmp_path: Path) -> None:
    """6,000 files of one student: named in the summary, and the others are graded."""
    source = as_folder(tmp_path, "all", HONEST)
    clone = source / "lift-eve"
    for number in range(60):
        (clone / f"{number}").mkdir(parents=True)
        for name in range(100):
            (clone / f"{number}/{name}.py").touch()
    found = find([source], WANTED)
    assert [e.id for e in found.entries] == ["lift-ann", "lift-bob"]
    assert refused(found) == {"lift-eve": bounds.TOO_MANY}
    remove(clone)


def test_zip_with_very_many_files_of_one_is_refused_for_that_one(tmp_path: Path) -> None:
    """The same in an archive, at the top of it and below a folder that wraps the class."""
    for wrapper in ("", "class/"):
        source = as_zip(tmp_path, "class", {f"{wrapper}{p}": said for p, said in HONEST.items()})
        with zipfile.ZipFile(source, "a") as opened:
            for number in range(6_000):
                opened.writestr(f"{wrapper}lift-eve/{number}.py", "")
            opened.writestr(f"{wrapper}lift-dee/{'d/' * 30_000}custom_lift.py", "x")
        found = find([source], WANTED)
        assert [e.read().content for e in found.entries] == [b"ann", b"bob"]
        reasons = {place.rpartition("/")[2]: why for place, why in refused(found).items()}
        assert reasons == {"lift-eve": bounds.TOO_MANY, "lift-dee": bounds.TOO_DEEP}


LAYOUTS: dict[str, tuple[Files, str]] = {
    "moodle": (
        {
            "Ada_11_assignsubmission_file/custom_lift.py": "a",
            "Bob_12_assignsubmission_file/custom_lift.py": "b",
        },
        "Eve_13_assignsubmission_file/",
    ),
    "nbgrader": (
        {
            "submitted/ada/lift/custom_lift.py": "a",
            "submitted/bob/lift/custom_lift.py": "b",
            "source/lift/custom_lift.py": "s",
        },
        "submitted/eve/lift/",
    ),
    "plain": ({"ada/lift.py": "a", "bob/lift.py": "b"}, "eve/work/"),
}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_bound_is_a_students_in_every_layout(
    tmp_path: Path, layout: str, form: Callable[[Path, str, Files], Path]
) -> None:
    """At the bound a student is graded, beyond it refused; a class may be as large as it is."""
    files, eve = LAYOUTS[layout]
    most = {f"{eve}{n}/x.txt": "" for n in range(FEW - 1)} | {f"{eve}custom_lift.py": "e"}
    others = {
        path.replace("ada", f"ada{n}").replace("Ada_11", f"Ada{n}_{n}00"): said
        for n in range(30)
        for path, said in files.items()
        if "da" in path
    }
    wide = {path.replace("/x.txt", ".txt"): said for path, said in most.items()}
    assert len(seen(form(tmp_path, "one", {**files, **others, **wide}))) == 33
    found = find([form(tmp_path, "two", {**files, **others, **wide, f"{eve}more.txt": ""})], WANTED)
    assert len(found.entries) == 32
    (reason,) = refused(found).values()
    assert reason == bounds.TOO_MANY


@pytest.mark.usefixtures("few")
def test_folder_of_many_files_is_a_class(tmp_path: Path) -> None:
    """Files side by side are no one student's, wherever the folder lies."""
    files = {f"class/{n}.py": f"x = {n}" for n in range(3 * FEW)}
    for form in (as_folder, as_zip, as_tgz):
        assert len(seen(form(tmp_path, "class", files))) == 3 * FEW


def test_run_goes_on_beside_a_clone_without_end(tmp_path: Path) -> None:
    """`grader bulk` grades the others, names the one in its summary, and exits with 1."""
    source = as_folder(tmp_path, "all", {**HONEST, "lift-eve/custom_lift.py": "x = 1"})
    deepen(source / "lift-eve", 1200)
    done = forked.run("grader", "bulk", source, "--out", tmp_path / "out")
    remove(source / "lift-eve")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"lift-eve: {bounds.TOO_DEEP}." in done.stdout
    assert {p.stem for p in (tmp_path / "out/reports").iterdir()} == {"lift-ann", "lift-bob"}
