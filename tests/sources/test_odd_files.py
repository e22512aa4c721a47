"""A folder of odd files: each has a report or a clear refusal; honest neighbours are as ever."""

import json
import os
import re
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES
from tests.support import forked
from tests.support.world import inert

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="names and kinds of files are Linux's"
)
RIGHT = (SAMPLES / "correct/course-loop.py").read_bytes()
EMPTY = b"# nothing but a comment\n"
OUTSIDE = "walnut walnut = 'walnut'\n"
LONG = "n" * 246 + ".py"
SEEN_AS = {"missing-function", "syntax-error", "import-error"}
# name -> content; every one of them is a file of its own
CONTENTS: dict[bytes, bytes] = {
    b"empty.py": b"",
    b"comments.py": EMPTY,
    b"nul.py": b"a = '\x00'\n",
    b"utf-16.py": "def f(): pass\n".encode("utf-16"),
    b"bom.py": b"\xef\xbb\xbf" + EMPTY,
    b"latin-1.py": "# gr\xfc\xdfe\n".encode("latin-1"),
    b"line\nbreak.py": EMPTY,
    b"tab\tand\x1b[31mescape.py": EMPTY,
    b"quote\"and'quote.py": EMPTY,
    b"=cmd().py": EMPTY,
    b"@SUM(A1).py": EMPTY,
    b"-leading-dash.py": EMPTY,
    b"--out=elsewhere.py": EMPTY,
    LONG.encode(): EMPTY,
    "right\u202eot-left.py".encode(): EMPTY,
    b"invalid-\xff\xfe.py": EMPTY,
    b"...py": EMPTY,
    b".py": EMPTY,
    b".hidden.py": EMPTY,
    b"__init__.py": EMPTY,
    b"con.py": EMPTY,
    b"Case.py": EMPTY,
    b"case.py": EMPTY,
    b"two.py": EMPTY,
    b"other/two.py": EMPTY,
    b"::error::x.py": EMPTY,
    b"<script>x.py": EMPTY,
    b"sp ace .py": EMPTY,
    "caf\u00e9.py".encode(): EMPTY,
    "cafe\u0301.py".encode(): EMPTY,
}
REFUSED = {"dangling", "loop", "pipe", "socket", "folder", "sparse"}
UNREADABLE = {"link-out", "dangling-\xff"}  # and one without permission, but for root
HONEST = ("a-neighbour", "m-neighbour", "z-neighbour")


@dataclass(frozen=True)
class Graded:
    """What one bulk run wrote and printed: reports by file name, in order of their files' names."""

    code: int
    printed: str
    reports: dict[str, dict[str, Any]]
    raw: str


def odd_folder(folder: Path) -> None:
    """Fill a folder."""
    (folder / "other").mkdir(parents=True)
    for name, content in CONTENTS.items():
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(content)
    for name in HONEST:
        (folder / f"{name}.py").write_bytes(RIGHT)
    (folder / "link-in.py").symlink_to("a-neighbour.py")
    (folder.parent / "outside").write_text(OUTSIDE)
    (folder / "link-out.py").symlink_to("../outside")
    (folder / "dangling.py").symlink_to("nowhere.py")
    (folder / os.fsdecode(b"dangling-\xff.py")).symlink_to("nowhere.py")
    (folder / "loop.py").symlink_to("loop.py")
    os.mkfifo(folder / "pipe.py")
    (folder / "folder.py").mkdir()
    with socket.socket(socket.AF_UNIX) as unix:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket may not be long
        unix.bind("socket.py")
        os.chdir(here)
    with (folder / "sparse.py").open("wb") as file:
        file.truncate(8 * 2**30)
    (folder / "unreadable.py").write_bytes(EMPTY)
    (folder / "unreadable.py").chmod(0)


def bulk(folder: Path, out: Path) -> Graded:
    """Grade a folder with the command, from within another one, so that nothing lands here."""
    command = ("bulk", folder, "--out", out, "--timeout", 20)
    done = forked.run("grader", *command, cwd=out.parent)
    files = sorted((out / "reports").glob("*.json")) if (out / "reports").exists() else []
    texts = [file.read_text("utf-8") for file in files]
    reports = {f.stem: json.loads(t) for f, t in zip(files, texts, strict=True)}
    return Graded(done.returncode, done.stdout + done.stderr, reports, "".join(texts))


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """One run over the odd folder."""
    base = tmp_path_factory.mktemp("odd")
    odd_folder(base / "class")
    try:
        return bulk(base / "class", base / "out")
    finally:
        shutil.rmtree(base / "class")


def test_run_ends_by_itself(graded: Graded) -> None:
    """The command neither hangs nor breaks, and tells that some were not run."""
    assert "Traceback" not in graded.printed
    assert graded.code == 1, graded.printed[-2000:]
    unreadable = len(REFUSED | UNREADABLE) + (os.geteuid() != 0)
    assert f"{unreadable} have no score" in graded.printed


def test_every_file_has_a_report(graded: Graded) -> None:
    """As many reports as files, and refusals count."""
    links = {"link-in", "link-out", "dangling-\udcff", "unreadable"}
    wanted = len(CONTENTS) + len(HONEST) + len(links) + len(REFUSED)
    assert len(graded.reports) == wanted


def named(graded: Graded, name: str) -> dict[str, Any]:
    """The report on the file of a name."""
    (found,) = (r for r in graded.reports.values() if r["submission"]["name"] == name)
    return found


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_no_file_is_refused(name: str, graded: Graded) -> None:
    """Nothing was run, so there is no score, and a message that says why."""
    report = named(graded, f"{name}.py")
    assert report["score"] is None
    assert report["status"] == "not-run"
    assert re.search(
        "no file|no Python file|cannot be read|not a regular|is a directory|larger", str(report)
    )


def test_contents_are_judged_as_python_does(graded: Graded) -> None:
    """No odd content earns a point or is a failure of ours."""
    for name in ("empty", "comments", "nul", "utf-16", "bom", "latin-1"):
        assert named(graded, f"{name}.py")["score"] == 0
        assert named(graded, f"{name}.py")["status"] in SEEN_AS, name


def test_link_out_tells_nothing(graded: Graded) -> None:
    """A link to a file outside is not quoted, whatever is done with it."""
    assert graded.reports["link-out"]["score"] is None
    assert "walnut" not in graded.raw + graded.printed


def test_names_are_told_apart_and_inert(graded: Graded) -> None:
    """Names that look alike have reports of their own; none acts where it is shown."""
    names = [str(r["submission"]["name"]) for r in graded.reports.values()]
    for name in ("Case.py", "case.py", "con.py", "=cmd().py", "-leading-dash.py", LONG[:200]):
        assert names.count(name) == 1, name
    assert names.count("two.py") == 2
    assert inert(graded.raw) == []
    assert inert(graded.printed) == []


def test_honest_neighbours_are_as_ever(graded: Graded, tmp_path: Path) -> None:
    """The right files of the odd folder have the reports that they have alone."""
    (tmp_path / "class").mkdir()
    for name in HONEST:
        (tmp_path / "class" / f"{name}.py").write_bytes(RIGHT)
    alone = bulk(tmp_path / "class", tmp_path / "out").reports
    assert set(alone) == set(HONEST)
    for name in HONEST:
        assert graded.reports[name] == alone[name]
        assert alone[name]["score"] == 100


def test_reports_stay_in_their_folder(tmp_path: Path) -> None:
    """A name that means another folder does not lead there."""
    folder = tmp_path / "class"
    (folder / "..." / "..py").mkdir(parents=True)
    (folder / "..." / "..py" / "...py").write_bytes(EMPTY)
    before = {p for p in tmp_path.rglob("*") if "class" in p.parts}
    result = bulk(folder, tmp_path / "out")
    after = {p for p in tmp_path.rglob("*") if "out" not in p.relative_to(tmp_path).parts}
    assert before == after - {tmp_path / "out"}
    assert "Traceback" not in result.printed
