"""From what students hand in to the platform's gradebook: a zero is a program's that was run."""

import json
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import SAMPLES
from tests.support import forked
from tests.support.lms_tools import as_zip

RIGHT = (SAMPLES / "correct/course-loop.py").read_bytes()
BROKEN = (SAMPLES / "syntax-error/missing-colon.py").read_bytes()
HANDED_IN = {
    "ada_1001_501_custom_lift.py.txt": (RIGHT, "100"),
    "bob_1002_502_work.zip": ("ZIP", "100"),
    "cy_1003_text.html": (b"<pre>" + RIGHT.replace(b"<", b"&lt;") + b"</pre>", "100"),
    "dee_1004_504_custom_lift.py": (BROKEN, "0"),
    "eve_1005_505_essay.docx": (b"PK\3\4", ""),
    "fay_1006_text.html": (b"<p>I could not do it.</p>", ""),
    "gil_1007_507_custom_lift.py": (b"<!DOCTYPE html><html>", ""),
    "hal_1008_508_custom_lift.py": (b"#" * 2_000_000, ""),
    "ida_1009_509_custom_lift.ipynb": (b"{", ""),
    "jo_1010_510_work.7z": (b"7z\xbc\xaf", ""),
}


run = partial(forked.run, "grader")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The results of a class, and what was printed; it exits with 1, since some have no score."""
    root = tmp_path_factory.mktemp("class")
    packed = as_zip(root, "work", {"repo-main/custom_lift.py": RIGHT}).read_bytes()
    files = {name: packed if said == "ZIP" else said for name, (said, _) in HANDED_IN.items()}
    done = run("bulk", as_zip(root, "export", files), "--out", root / "out")
    assert (done.returncode, done.stderr.count("Traceback")) == (1, 0), done.stderr
    return root, done.stdout


def test_gradebook_has_zeros_of_programs_alone(graded: tuple[Path, str]) -> None:
    """What was unwrapped has its points, what was tried its zero, and all else an empty cell."""
    root, _ = graded
    head = "Student,ID,Section,Lift (71)\n    Points Possible,,,100\n"
    rows = {name.split("_")[1]: name.split("_")[0] for name in HANDED_IN}
    (root / "g.csv").write_text(head + "".join(f"{rows[id]},{id},,\n" for id in rows))
    done = run("gradebook", root / "out", "--canvas", root / "g.csv")
    assert done.returncode == 0, done.stdout + done.stderr
    filled = (root / "g-filled.csv").read_text().splitlines()[2:]
    assert [row.rpartition(",")[2] for row in filled] == [grade for _, grade in HANDED_IN.values()]
    for line in (
        "eve: no score: There is no Python file in eve_1005_505_essay.docx.",
        "gil: no score: The file was not run: it is a web page, as a browser saves it",
        "hal: no score: The file was not run: the file is larger than 1,000,000 bytes",
        "ida: no score: The notebook was not run: it is not a notebook",
        "jo: refused: work.7z is not opened",
    ):
        assert line in done.stdout


def test_tables_and_pages_have_no_zero_either(graded: tuple[Path, str]) -> None:
    """Summary, grades.csv, class report and what is printed give no score, and the reason."""
    root, printed = graded
    summary = json.loads((root / "out/summary.json").read_bytes())
    without = {row["id"]: row for row in summary["submissions"] if row["score"] is None}
    assert set(without) == {"eve", "fay", "gil", "hal", "ida"}
    assert {row["status"] for row in without.values()} == {"not-run"}
    assert summary["totals"]["scored"] == 4
    cells = (root / "out/grades.csv").read_text().splitlines()
    assert sum(",not-run,,100," in row for row in cells) == 5
    assert "5 have no score:" in printed
    assert "  fay: There is no Python file in fay_1006_text.html" in printed
    assert "jo_1010_510_work.7z: work.7z is not opened" in printed
    assert (root / "out/index.html").read_text().count('<td class="number">\N{EN DASH}</td>') == 5
