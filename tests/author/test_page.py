"""docs/authoring.md, followed: its files make an exercise that comes out as the page says."""

import re
from functools import partial
from pathlib import Path

import pytest

from grader import ROOT
from grader.author.new import begin
from tests.support import forked

PAGE = (ROOT / "docs" / "authoring.md").read_text("utf-8")
FILE = re.compile(r"^```(?:toml|python)\n# (\S+)\n(.*?)^```$", re.M | re.S)


def files() -> dict[str, str]:
    """The files that the page shows, by path."""
    return dict(FILE.findall(PAGE))


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exercise of the page: begun, its files replaced, built."""
    folder = tmp_path_factory.mktemp("page") / "clip"
    begin(folder)
    for sample in folder.glob("samples/*/*"):
        sample.unlink()
    for name, text in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    done = author("build", folder)
    assert done.returncode == 0, done.stderr
    return folder


author = partial(forked.run, "grader", "author")


def test_the_page_shows_all_files() -> None:
    """Both files, and samples of a right and of a wrong answer."""
    assert {"exercise.toml", "solution.py", "samples/correct/clip.py"} < set(files())


def test_the_samples_of_the_page_come_out_as_it_says(clip: Path) -> None:
    """Each lies in a folder that says what is expected."""
    done = author("try", clip)
    assert (done.returncode, done.stdout.count("\n")) == (0, 2), done.stdout


def test_each_refusal_of_the_page_is_a_message(clip: Path) -> None:
    """What the page says that `build` says stands in the code that says it."""
    rows = re.findall(
        r"^\| (?!what it says|-)([^|]+) \|", PAGE.split("## 5")[1].split("## 6")[0], re.M
    )
    code = "".join(p.read_text("utf-8") for p in (ROOT / "grader" / "author").glob("*.py"))
    said = [part for row in rows for part in row.split(", ")]
    assert len(said) >= 8
    assert [s for s in said if s.removeprefix("the reference ") not in code] == []
    assert clip.is_dir()
