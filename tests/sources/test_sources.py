"""What bulk finds to grade, and how it names it."""

import os
import stat
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import pytest

from grader.core.errors import UsageError
from grader.core.submission import MAX_BYTES, UnreadableError
from grader.sources import ids
from grader.sources.entry import Entry
from grader.sources.find import find
from tests.support.lms_tools import STUB, WANTED


def found(*paths: Path) -> dict[str, Entry]:
    """The entries by id."""
    return {entry.id: entry for entry in find(paths, WANTED).entries}


def tree(root: Path, *files: str) -> Path:
    """Write files whose content is their own path."""
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(file)
    return root


def zipped(path: Path, *members: zipfile.ZipInfo | str, content: bytes = b"x = 1") -> Path:
    """Write a zip with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "-rf", "=1+1", ".hidden", "a\nb", "CON", "nul.txt", "", "é" * 300, "a/b"],
)
def test_id_is_a_safe_file_name(name: str) -> None:
    """An id has no separator, no leading sign or dot, no control character, and fits in a name."""
    id = ids.safe(name)
    assert id == ids.safe(id)
    assert id[0].isalnum() or id[0] == "_"
    assert not set(id) & set('/\\:*?"<>|\n\0 ')
    assert len(f"{id}.json".encode()) < 255
    assert id.lower().split(".")[0] not in ("con", "nul")


def test_ids_are_unique_and_do_not_depend_on_the_order() -> None:
    """Names that differ in case or in unsafe characters alone are told apart, in any order."""
    wishes = [((name, f"x-{name}"), f"/{i}") for i, name in enumerate(["a", "A", "a", "b?", "b*"])]
    named = dict(zip([place for _, place in wishes], ids.assign(wishes), strict=True))
    assert len({id.casefold() for id in named.values()}) == len(wishes)
    Random(7).shuffle(wishes)
    again = dict(zip([place for _, place in wishes], ids.assign(wishes), strict=True))
    assert again == named


def test_folder_of_files_is_named_by_the_files(tmp_path: Path) -> None:
    """Each file of a folder is a submission; what is hidden is not."""
    root = tree(tmp_path / "class", "ann.py", "bob.py", ".hidden.py", "__pycache__/c.py", "n.txt")
    assert list(found(root)) == ["ann", "bob", "hidden"]


def test_folder_of_folders_is_named_by_the_folders(tmp_path: Path) -> None:
    """One folder a student: its name is the id, whatever the one file that counts is called."""
    root = tree(tmp_path / "class", f"ann/{STUB}", "ann/helper.py", f"bob/{STUB}", "cy/mine.py")
    entries = found(root)
    assert list(entries) == ["ann", "bob", "cy"]
    assert entries["ann"].read().content == f"ann/{STUB}".encode()


def test_entry_tells_where_it_lay(tmp_path: Path) -> None:
    """The place in the source tells which file was taken, and names no folder above it."""
    root = tree(tmp_path / "class", f"ann/{STUB}", f"bob/work/{STUB}")
    assert {entry.id: entry.place for entry in found(root).values()} == {
        "ann": f"ann/{STUB}",
        "bob": f"bob/work/{STUB}",
    }


def test_equal_stems_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    """Files of one name in different folders get their folders' names."""
    root = tree(tmp_path / "class", "ann/lift.py", "bob/lift.py")
    assert list(found(root)) == ["ann", "bob"]
    assert list(found(root / "ann/lift.py", root / "bob/lift.py")) == ["ann", "bob"]


def test_a_file_named_twice_is_one_submission(tmp_path: Path) -> None:
    """A folder and a file in it, the file again by another path: one entry."""
    root = tree(tmp_path / "class", "ann.py")
    assert list(found(root, root / "ann.py", root / ".." / "class" / "ann.py")) == ["ann"]


def test_student_without_a_python_file_is_not_lost(tmp_path: Path) -> None:
    """A folder among others that holds no Python file is an entry that says so."""
    root = tree(tmp_path / "class", f"ann/{STUB}", "bob/answer.txt")
    (root / "cyd").mkdir()
    entries = found(root)
    assert list(entries) == ["ann", "bob", "cyd"]
    for id in ("bob", "cyd"):
        with pytest.raises(UnreadableError, match="no Python file"):
            entries[id].read()


def test_folder_that_cannot_be_read_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A student's folder without permission to list it has a report like an empty one."""
    root = tree(tmp_path / "class", f"ann/{STUB}", f"bob/{STUB}")
    scan = os.scandir

    def refused(path: str) -> Any:
        if Path(path).name == "bob":
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    entries = found(root)
    assert list(entries) == ["ann", "bob"]
    with pytest.raises(UnreadableError, match="no Python file"):
        entries["bob"].read()


def test_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A link to another's file is no submission; one within the folder is."""
    root = tree(tmp_path / "class", "ann.py")
    (tmp_path / "reference.py").write_text("the answer")
    (root / "bob.py").symlink_to(tmp_path / "reference.py")
    (root / "cyd.py").symlink_to("ann.py")
    entries = found(root)
    with pytest.raises(UnreadableError, match="leads out"):
        entries["bob"].read()
    assert entries["cyd"].read().content == b"ann.py"


def test_zip_gives_what_its_folder_gives(tmp_path: Path) -> None:
    """A zip is read like the folder that it holds, with the same ids and bytes."""
    files = (f"class/ann/{STUB}", "class/bob/lift.py", "class/cyd/lift.py", "class/dan/a.txt")
    tree(tmp_path, *files)
    archive = tmp_path / "class.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        for file in files:
            opened.write(tmp_path / file, file)
    from_zip, from_folder = found(archive), found(tmp_path / "class")
    assert list(from_zip) == list(from_folder) == ["ann", "bob", "cyd", "dan"]
    for id in ("ann", "bob", "cyd"):
        assert from_zip[id].read() == from_folder[id].read()


@pytest.mark.parametrize("name", ["../evil.py", "/etc/evil.py", "a/../../evil.py", "..\\evil.py"])
def test_zip_member_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    """A path that leads out of the zip is refused; the rest of the zip is graded."""
    entries = found(zipped(tmp_path / "class.zip", name, "good.py"))
    assert entries["good"].read().content == b"x = 1"
    (evil,) = (entry for id, entry in entries.items() if id != "good")
    with pytest.raises(UnreadableError, match="leads out"):
        evil.read()
    assert [p.name for p in tmp_path.iterdir()] == ["class.zip"]


def test_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    """A symbolic link in a zip is not read as a file, and not followed."""
    link = zipfile.ZipInfo("link.py")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    entries = found(zipped(tmp_path / "class.zip", link, content=b"/etc/passwd"))
    with pytest.raises(UnreadableError, match="it is a link"):
        entries["link"].read()


def test_zip_bomb_is_read_no_further_than_a_submission_may_reach(tmp_path: Path) -> None:
    """A member that unpacks to much more than a submission may hold is one that is too large."""
    bomb = zipped(tmp_path / "class.zip", "bomb.py", content=b"\0" * 300_000_000)
    assert bomb.stat().st_size < MAX_BYTES
    submission = found(bomb)["bomb"].read()
    assert (submission.content, "larger than" in submission.problem) == (b"", True)


def test_damaged_zips_are_named(tmp_path: Path) -> None:
    """What is no zip is a usage error; a damaged member is listed, and costs no student points."""
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\3\4 and nothing more")
    with pytest.raises(UsageError, match=r"broken\.zip cannot be read as a zip"):
        found(broken)
    damaged = zipped(tmp_path / "damaged.zip", "bad.py", "good.py", content=b"x = 1 " * 100)
    data = bytearray(damaged.read_bytes())
    data[45] ^= 0xFF  # within the first member's data
    damaged.write_bytes(data)
    source = find([damaged], WANTED)
    assert [entry.read().content for entry in source.entries] == [b"x = 1 " * 100]
    (refused,) = source.refused
    assert "bad.py cannot be read" in refused.reason


def test_nothing_to_grade_is_a_usage_error(tmp_path: Path) -> None:
    """An empty folder says so."""
    with pytest.raises(UsageError, match="nothing to grade"):
        found(tmp_path)


def test_results_may_lie_in_the_source(tmp_path: Path) -> None:
    """What an earlier run wrote is no submission; the source itself cannot be --out."""
    root = tree(tmp_path / "class", "ann.py", "results/reports/old.py")
    assert [e.id for e in find([root], WANTED, out=root / "results").entries] == ["ann"]
    with pytest.raises(UsageError, match="name another folder with --out"):
        find([root], WANTED, out=root)
