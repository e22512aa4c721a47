"""Archives made to harm are read within bounds, or refused in a sentence; nothing is unpacked."""

import gzip
import io
import stat
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.core.errors import UsageError
from grader.core.submission import MAX_BYTES, UnreadableError
from grader.sources import folder, tars, zips
from grader.sources.find import find
from grader.sources.tree import Tree
from tests.support.lms_tools import STUB, WANTED, as_folder, as_tar, as_tgz, as_zip, refused, seen

Change = Callable[[tarfile.TarInfo], object]


def tar_with(path: Path, *changes: Change) -> Path:
    """A tar of one honest file, and one for each change that is made to a header."""
    with tarfile.open(path, "w") as opened:
        for name, change in (
            ("good.py", None),
            *((f"bad{n}.py", c) for n, c in enumerate(changes)),
        ):
            info = tarfile.TarInfo(name)
            if change is not None:
                change(info)
            info.size = 5 if info.isreg() else 0
            opened.addfile(info, io.BytesIO(b"x = 1") if info.isreg() else None)
    return path


def kind(type: bytes, target: str = "") -> Change:
    """Make a header one of another kind."""

    def change(info: tarfile.TarInfo) -> None:
        info.type, info.linkname = type, target

    return change


def named(name: str) -> Change:
    """Give a header another name."""
    return lambda info: setattr(info, "name", name)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (kind(tarfile.SYMTYPE, "/etc/passwd"), "it is a link"),
        (kind(tarfile.SYMTYPE, "good.py"), "it is a link"),
        (kind(tarfile.LNKTYPE, "good.py"), "it is a link"),
        (kind(tarfile.FIFOTYPE), "it is not a file"),
        (kind(tarfile.CHRTYPE), "it is not a file"),
        (named("../bad0.py"), "its path leads out"),
        (named("a/../../bad0.py"), "its path leads out"),
        (named("/abs/bad0.py"), "its path leads out"),
        (named("C:\\bad0.py"), "its path leads out"),
    ],
)
def test_member_of_a_tar_that_is_no_file_in_it_is_not_read(
    tmp_path: Path, change: Change, reason: str
) -> None:
    """Links, devices and paths that lead out cost their own member alone; nothing is written."""
    source = tar_with(tmp_path / "class.tar", change)
    entries = {e.name: e for e in find([source], WANTED).entries}
    assert entries.pop("good.py").read().content == b"x = 1"
    (bad,) = entries.values()
    with pytest.raises(UnreadableError, match=reason):
        bad.read()
    assert [p.name for p in tmp_path.iterdir()] == ["class.tar"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_path_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    """Of two members of one path none is chosen; the rest is graded."""
    files = {f"{name}/custom_lift.py": name for name in ("ada", "bob", "cy")}
    source = as_zip(tmp_path, "class", files)
    with zipfile.ZipFile(source, "a") as opened:
        opened.writestr("bob/custom_lift.py", "two")
    found = find([source], WANTED)
    assert [e.id for e in found.entries] == ["ada", "cy"]
    assert "is in the archive twice" in refused(found)["bob/custom_lift.py"]


def test_names_are_equal_however_they_are_composed(tmp_path: Path) -> None:
    """NFD becomes NFC, so that ids and owners are the same; two files stay two."""
    composed, decomposed = (unicodedata.normalize(form, "Zoë") for form in ("NFC", "NFD"))
    for name in (composed, decomposed):
        assert [*seen(as_zip(tmp_path, "class", {f"{name}.py": ""}))] == [composed]
        files = {f"{name}_1_2_a.py": "", "ada_2_3_a.py": ""}
        owners = {name for _, name, _ in seen(as_zip(tmp_path, "canvas", files)).values()}
        assert owners == {"ada", composed}
    assert len(seen(as_zip(tmp_path, "both", {f"{n}.py": n for n in (composed, decomposed)}))) == 2


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_owner_of_a_path_that_is_there_twice_is_named(tmp_path: Path) -> None:
    """A platform's export with two members of one path refuses that student alone."""
    again = "Bob_2_assignsubmission_file/custom_lift.py"
    files = {"Ada_1_assignsubmission_file/custom_lift.py": "", again: ""}
    source = as_zip(tmp_path, "moodle", files)
    with zipfile.ZipFile(source, "a") as opened:
        opened.writestr(again, "two")
    found = find([source], WANTED)
    assert [e.id for e in found.entries] == ["Ada"]
    assert [r.owners[0].id for r in found.refused] == ["2"]


def test_archives_that_students_handed_in_are_opened(tmp_path: Path) -> None:
    """A zip or a tar in a source is opened where there is no program; what is no archive, told."""
    inner = as_zip(tmp_path, "inner", {"custom_lift.py": "x"}).read_bytes()
    packed = as_tgz(tmp_path, "packed", {"work/custom_lift.py": "y"}).read_bytes()
    plain = {"ada/custom_lift.py": "a", "bob/work.zip": inner, "cy.tar.gz": b"", "dee.tgz": packed}
    plain |= {"ada/data.zip": inner, "eve/work.7z": b"7z", "fay/all.zip": b"PK"}
    outer = as_zip(tmp_path, "outer", {"work.zip": inner, "essay.txt": "no"}).read_bytes()
    plain |= {"gil/twice.zip": outer}
    for source in (as_zip(tmp_path, "class", plain), as_tgz(tmp_path, "class", plain)):
        found = find([source], WANTED)
        assert {e.id: e.read().content for e in found.entries} == {
            "ada": b"a",
            "bob": b"x",
            "dee": b"y",
        }
        reasons = refused(found)
        assert "cannot be read as a tar" in reasons["cy.tar.gz"]
        assert "a 7z file cannot" in reasons["eve"]
        assert "all.zip cannot be read as a zip" in reasons["fay"]
        assert "work.zip in twice.zip is an archive in an archive" in reasons["gil"]
        assert len(reasons) == 4


def test_encrypted_member_is_refused_and_not_scored(tmp_path: Path) -> None:
    """An encrypted file is listed, and costs its student nothing; the rest is graded."""
    source = as_zip(tmp_path, "class", {"bad.py": "x = 1", "good.py": "x = 2"})
    data = bytearray(source.read_bytes())
    central = data.index(b"PK\1\2")
    data[6] |= 1
    data[central + 8] |= 1
    source.write_bytes(data)
    assert refused(find([source], WANTED)) == {"bad.py": "bad.py was not read: it is encrypted"}
    assert {id: said for id, (_, _, said) in seen(source).items()} == {"good": "x = 2"}


def test_names_in_utf_8_that_do_not_say_so(tmp_path: Path) -> None:
    """A name in UTF-8 without its flag is read as UTF-8, and one in cp437 as cp437."""
    for raw, name in (
        ("Zoë Ünal.py".encode(), "Zoë Ünal.py"),
        ("Zoë.py".encode("cp437"), "Zoë.py"),
    ):
        stand_in = "x" * len(raw)
        source = as_zip(tmp_path, "class", {stand_in: "x"})
        source.write_bytes(source.read_bytes().replace(stand_in.encode(), raw))
        assert [e.name for e in find([source], WANTED).entries] == [name]


def test_tar_that_unpacks_to_far_more_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A compressed tar has a bound on what comes out of it; below it the same tar is read."""
    source = as_tgz(tmp_path, "class", {"good.py": "x", "zeros.bin": b"\0" * 3_000_000})
    assert [*seen(source)] == ["good"]
    monkeypatch.setattr(tars, "RATIO_FROM", 1_000_000)
    with pytest.raises(UsageError, match=r"class\.tar\.gz unpacks to more than 1,000,000 bytes"):
        find([source], WANTED)


def test_member_beyond_the_limit_is_too_large(tmp_path: Path) -> None:
    """Of a large member no more than the limit is kept, and the submission says why."""
    source = as_tgz(tmp_path, "class", {"big.py": b"#" * (3 * MAX_BYTES), "good.py": "x"})
    (big, good) = find([source], WANTED).entries
    assert "larger than" in big.read().problem
    assert good.read().problem == ""


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source with more files than a class can hand in is refused before they are read."""
    files = {f"{n}.py": "" for n in range(6)}
    for module, source in (
        (zips, as_zip(tmp_path, "z", files)),
        (tars, as_tar(tmp_path, "t", files)),
        (folder, as_folder(tmp_path, "f", files)),
    ):
        assert len(seen(source)) == 6
        monkeypatch.setattr(module, "MAX_MEMBERS", 5)
        with pytest.raises(UsageError, match="holds more than 5 files"):
            find([source], WANTED)


def test_damaged_tar_is_refused_whole(tmp_path: Path) -> None:
    """A tar that breaks off, or has a damaged header, is refused: no student is lost unseen."""
    whole = as_tar(tmp_path, "whole", {f"{n}.py": "x" * 600 for n in range(3)}).read_bytes()
    header = bytearray(whole)
    header[1536] ^= 0xFF  # the name in the second header, which its checksum then denies
    packed = gzip.compress(whole)
    for data in (bytes(header), whole[:2000], packed[: len(packed) // 2], whole[:100], b"\x1f\x8b"):
        source = tmp_path / "class.tar"
        source.write_bytes(data)
        with pytest.raises(UsageError, match=r"class\.tar cannot be read as a tar"):
            find([source], WANTED)


def test_header_that_claims_to_be_huge_is_not_believed(tmp_path: Path) -> None:
    """A header of a header that wants gigabytes of memory is refused before it gets them."""
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 2**32
    source = tmp_path / "class.tar"
    source.write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(20_000))
    with pytest.raises(UsageError, match="claims to be larger"):
        find([source], WANTED)


def test_archive_is_known_by_its_content(tmp_path: Path) -> None:
    """A name without an ending hides no archive, and an unknown kind is named."""
    for build in (as_zip, as_tar, as_tgz):
        source = build(tmp_path, "class", {"ann.py": "x"})
        assert [*seen(source.rename(tmp_path / "download"))] == ["ann"]
    (tmp_path / "download").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(99))
    with pytest.raises(UsageError, match="download is a 7z archive"):
        find([tmp_path / "download"], WANTED)


def test_link_to_a_folder_is_listed(tmp_path: Path) -> None:
    """A folder that is a link is not followed, and not passed over in silence."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / STUB).write_text("the answer")
    source = as_folder(tmp_path, "class", {"ann/custom_lift.py": "a"})
    (source / "bob").symlink_to(tmp_path / "outside")
    assert [*seen(source)] == ["ann"]
    assert refused(find([source], WANTED)) == {"bob": "it is a link to a folder"}


def test_empty_folders_and_clutter_are_no_submissions_in_a_zip(tmp_path: Path) -> None:
    """A directory entry is no file, and what systems add is passed over."""
    source = as_zip(tmp_path, "class", {"ann/custom_lift.py": "a", "__MACOSX/ann/._x.py": ""})
    with zipfile.ZipFile(source, "a") as opened:
        opened.writestr("ann/", "")
        link = zipfile.ZipInfo("cy/")
        link.external_attr = (stat.S_IFDIR | 0o755) << 16
        opened.writestr(link, "")
    assert {id: said for id, (_, _, said) in seen(source).items()} == {
        "ann": "a",
        "cy": "There is no Python file in cy.",
    }


def test_order_of_members_changes_nothing(tmp_path: Path) -> None:
    """A tree is in order of its paths, whatever the archive's order was."""
    files = {"b/custom_lift.py": "b", "a/custom_lift.py": "a"}
    trees = [
        Tree.of("x", "x", zips.members(as_zip(tmp_path, "class", dict(order)), "class"))
        for order in (files.items(), reversed(files.items()))
    ]
    first, second = ([m.path for m in tree.members] for tree in trees)
    assert first == second


def test_folders_of_tar_and_windows_are_folders(tmp_path: Path) -> None:
    """The `./` of a tar is no member, and a backslash is a slash, also at the end."""
    as_folder(tmp_path, "class", {"ann/custom_lift.py": "a", "bob/custom_lift.py": "b"})
    source = tmp_path / "class.tgz"
    with tarfile.open(source, "w:gz") as opened:
        opened.add(tmp_path / "class", ".")
    assert [*seen(source)] == ["ann", "bob"]
    files = {"class\\ann\\": "", "class\\ann\\custom_lift.py": "a", "class\\bob\\": "", "/": ""}
    windows = as_zip(tmp_path, "windows", files)
    assert {id: said for id, (_, _, said) in seen(windows).items()} == {
        "ann": "a",
        "bob": "There is no Python file in bob.",
    }


def test_what_a_platform_packed_badly_is_refused_and_not_scored(tmp_path: Path) -> None:
    """A damaged, encrypted or linked file in an export is listed: no student loses points by it."""
    names = [f"{name}_{n}_9_custom_lift.py" for n, name in enumerate(("ada", "bob", "cy"))]
    source = as_zip(tmp_path, "export", dict.fromkeys(names, "x = 1 " * 50))
    data = bytearray(source.read_bytes())
    data[30 + len(names[0]) + 4] ^= 0xFF  # in the first file's data
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4)
    data[second + 8] |= 1  # the flag that says encrypted, in the second file's entry
    source.write_bytes(data)
    found = find([source], WANTED)
    assert [e.id for e in found.entries] == ["cy"]
    assert "cannot be read" in refused(found)[names[0]]
    assert "it is encrypted" in refused(found)[names[1]]
    unpacked = as_folder(tmp_path, "unpacked", dict.fromkeys(names[1:], "x = 1"))
    (unpacked / names[0]).symlink_to(source)
    assert [e.id for e in find([unpacked], WANTED).entries] == ["bob", "cy"]
    assert "leads out of the folder" in refused(find([unpacked], WANTED))[names[0]]
