"""Which file of a student's counts: one rule in every layout, and nobody is lost in silence."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.core.submission import UnreadableError
from grader.sources.entry import Class, Wanted
from grader.sources.find import find
from grader.sources.handin import handed_in
from grader.sources.typed import defines
from tests.support.lms_tools import (
    FUNCTION,
    STUB,
    WANTED,
    Files,
    as_folder,
    as_tgz,
    as_zip,
    refused,
)

ANSWER = f"def {FUNCTION}(seed, x, n_copies, features):\n    return x\n"
OTHER = ANSWER.replace("return x", "return -x")
MISSPELT = ANSWER.replace("forward", "foward")
NOTEBOOK = json.dumps(
    {"cells": [{"cell_type": "code", "source": f"%pip list\n{ANSWER}"}], "metadata": {}}
)
UNFINISHED = ANSWER.replace("return x", "raise NotImplementedError")


def taken(found: Class) -> dict[str, str]:
    """For each student the place of the file that counts, or that there is none."""
    places = {}
    for entry in found.entries:
        try:
            entry.read()
            places[entry.id] = entry.place
        except UnreadableError as error:
            places[entry.id] = f"not run: {error}"
    return places


# What is in the students' folders: the id, and the file that counts in it; or a part of the reason.
FOLDERS: dict[str, tuple[Files, dict[str, str], dict[str, str]]] = {
    "the folder is the student, whatever the files are called": (
        {"dan/lift.py": ANSWER, "eve/hw1.py": ANSWER, "eve/scratch.py": "x = 1"},
        {"dan": "dan/lift.py", "eve": "eve/hw1.py"},
        {},
    ),
    "the stub's name comes first": (
        {"ann/custom_lift.py": ANSWER, "ann/lift.py": OTHER, "bob/lift.py": ANSWER},
        {"ann": "ann/custom_lift.py", "bob": "bob/lift.py"},
        {},
    ),
    "copies of the stub's namesake do not count beside it": (
        {
            "ann/custom_lift.py": ANSWER,
            "ann/custom_lift (1).py": OTHER,
            "bob/custom_lift - Copy.py": ANSWER,
            "bob/custom_lift - Copy (2).py": ANSWER,
            "cy/custom_lift (1).py": ANSWER,
            "cy/~$custom_lift.py": "lock",
            "dee/custom_lift (1).py": ANSWER,
            "dee/custom_lift (2).py": OTHER,
            "eve/custom_lift-DESKTOP-7.py": ANSWER,
            "eve/.~lock.custom_lift.py#": "lock",
        },
        {
            "ann": "ann/custom_lift.py",
            "bob": "bob/custom_lift - Copy.py",
            "cy": "cy/custom_lift (1).py",
            "eve": "eve/custom_lift-DESKTOP-7.py",
        },
        {"dee": "cannot be told: custom_lift (1).py, custom_lift (2).py"},
    ),
    "of several namesakes the foremost, and one that is changed": (
        {
            "ann/custom_lift.py": ANSWER,
            "ann/backup/custom_lift.py": OTHER,
            "bob/starter/custom_lift.py": UNFINISHED,
            "bob/work/custom_lift.py": ANSWER,
            "cy/a/custom_lift.py": ANSWER,
            "cy/b/custom_lift.py": OTHER,
            "dee/custom_lift.py": UNFINISHED,
            "eve/custom_lift.py": UNFINISHED,
            "eve/my lift.py": ANSWER,
            "fay/custom_lift.py": UNFINISHED,
            "fay/notes.py": "x = 1",
        },
        {
            "ann": "ann/custom_lift.py",
            "bob": "bob/work/custom_lift.py",
            "dee": "dee/custom_lift.py",
            "eve": "eve/my lift.py",
            "fay": "fay/custom_lift.py",
        },
        {"cy": "holds 2 files called custom_lift.py; which is meant cannot be told"},
    ),
    "the only program counts, though it defines something else": (
        {"ann/lift.py": MISSPELT, "bob/a.py": MISSPELT, "bob/b.py": "x = 1"},
        {"ann": "ann/lift.py"},
        {"bob": "none is called custom_lift.py or defines custom_lift_forward"},
    ),
    "an import is no definition, and a broken program may be one": (
        {
            "ann/hw.py": ANSWER,
            "ann/main.py": f"from hw import {FUNCTION}\nprint({FUNCTION})\n",
            "bob/hw.py": f"{ANSWER}    return (\n",
            "bob/try.py": f"# {FUNCTION}\n",
            "cy/hw.py": f"try:\n    {FUNCTION} = lambda *a: a\nexcept ValueError:\n    pass\n",
            "cy/note.py": f'"""\ndef {FUNCTION}(x): ...\n"""\n',
        },
        {"ann": "ann/hw.py", "bob": "bob/hw.py", "cy": "cy/hw.py"},
        {},
    ),
    "what mailers and browsers do to names": (
        {
            "ann/custom_lift.py.txt": ANSWER,
            "bob/custom_lift.ipynb.json": NOTEBOOK,
            "cy/custom_lift.PY": ANSWER,
            "dee/custom_lift.py.download": ANSWER,
            "eve/custom_lift.py ": ANSWER,
            "fay/custom_lift.py (1)": ANSWER,
            "gil/custom_lift.ipynb": ANSWER,
            "hal/lift.py": NOTEBOOK,
            "ida/custom_lift.pyw": ANSWER,
            "jo/answer.md": f"# My answer\n```python\n{ANSWER}```\nThanks!\n",
        },
        {
            "ann": "ann/custom_lift.py.txt",
            "bob": "bob/custom_lift.ipynb.json",
            "cy": "cy/custom_lift.PY",
            "dee": "dee/custom_lift.py.download",
            "eve": "eve/custom_lift.py ",
            "fay": "fay/custom_lift.py (1)",
            "gil": "gil/custom_lift.ipynb",
            "hal": "hal/lift.py",
            "ida": "ida/custom_lift.pyw",
            "jo": "jo/answer.md",
        },
        {},
    ),
    "what is no program is told, and has no submission": (
        {
            "ann/custom_lift.py": ANSWER,
            "bob/essay.txt": "I could not do it.",
            "cy/answer.txt": ANSWER,
            "dee/answer": ANSWER,
            "eve/photo.jpg": b"\xff\xd8\xff",
            "fay/talk.txt": f"My {FUNCTION} is below:\n{ANSWER}",
        },
        {
            "ann": "ann/custom_lift.py",
            "bob": "not run: There is no Python file in bob: what is there is essay.txt.",
            "cy": "cy/answer.txt",
            "dee": "dee/answer",
            "eve": "not run: There is no Python file in eve: what is there is photo.jpg.",
            "fay": "not run: There is no Python file in fay: talk.txt names custom_lift_forward",
        },
        {},
    ),
    "a download of a repository, and what tools leave in it": (
        {
            "ann/repo-main/custom_lift.py": ANSWER,
            "ann/repo-main/tests/test_lift.py": "import custom_lift",
            "ann/repo-main/.github/custom_lift.py": OTHER,
            "ann/__MACOSX/repo-main/._custom_lift.py": b"\0",
            "ann/.DS_Store": b"\0",
            "bob/repo-main/build/__pycache__/custom_lift.cpython-311.pyc": b"",
            "bob/repo-main/src/custom_lift.py": ANSWER,
            "bob/repo-main/venv/lib/python3.12/site-packages/custom_lift.py": OTHER,
            "bob/repo-main/node_modules/x/custom_lift.py": OTHER,
        },
        {"ann": "ann/repo-main/custom_lift.py", "bob": "bob/repo-main/src/custom_lift.py"},
        {},
    ),
    "a zip that a student handed in": (
        {
            "ann/custom_lift.py": ANSWER,
            "bob/work.zip": "ZIP",
            "cy/work.zip": "ZIP",
            "cy/helper.py": "x = 1",
            "dee/work.zip": "ZIP",
            "dee/hw.py": OTHER,
        },
        {
            "ann": "ann/custom_lift.py",
            "bob": "bob/work.zip/repo-main/custom_lift.py",
            "cy": "cy/work.zip/repo-main/custom_lift.py",
            "dee": "dee/hw.py",
        },
        {},
    ),
}


def filled(tmp_path: Path, files: Files) -> dict[str, str | bytes]:
    """Files, of which one that is to be a zip is one."""
    inner = {"repo-main/custom_lift.py": ANSWER, "repo-main/setup.py": "x = 1"}
    inner |= {"__MACOSX/repo-main/._custom_lift.py": "\0"}
    packed = as_zip(tmp_path, "inner", inner).read_bytes()
    return {path: packed if said == "ZIP" else said for path, said in files.items()}


@pytest.mark.parametrize("form", [as_folder, as_zip, as_tgz])
@pytest.mark.parametrize("name", FOLDERS)
def test_file_that_counts(
    tmp_path: Path, name: str, form: Callable[[Path, str, Files], Path]
) -> None:
    """In a folder of folders each student has the file that the rule gives, or is refused."""
    files, counts, reasons = FOLDERS[name]
    files = {"zed/custom_lift.py": ANSWER, **filled(tmp_path, files)}
    wanted = Wanted(STUB, FUNCTION, UNFINISHED.encode())
    found = find([form(tmp_path, "class", files)], wanted)
    places = taken(found)
    assert places.pop("zed") == "zed/custom_lift.py"
    assert set(places) == set(counts)
    for id, place in counts.items():
        assert places[id].startswith(place)
    assert set(refused(found)) == set(reasons)
    for id, reason in reasons.items():
        assert reason in refused(found)[id]


def test_notebook_is_one_whatever_its_name_says(tmp_path: Path) -> None:
    """A notebook called .py is read as one, and a program called .ipynb as a program."""
    files = {"hal/lift.py": NOTEBOOK, "gil/lift.ipynb": ANSWER, "ann/lift.ipynb.txt": NOTEBOOK}
    found = {e.id: e.read() for e in find([as_zip(tmp_path, "class", files)], WANTED).entries}
    assert {id: s.is_notebook for id, s in found.items()} == {
        "hal": True,
        "gil": False,
        "ann": True,
    }
    assert not any(s.problem for s in found.values())


# A folder of files, or of files and folders: ids with the file that counts, and who is refused.
FLAT: dict[str, tuple[Files, dict[str, str], set[str]]] = {
    "files": (
        {"ann.py": ANSWER, "bob.py": MISSPELT, "cy.py.txt": ANSWER, "README.md": "x"},
        {"ann": "ann.py", "bob": "bob.py", "cy": "cy.py.txt"},
        set(),
    ),
    "files of other kinds": (
        {
            "ann.py": ANSWER,
            "bob.zip": "ZIP",
            "cy.txt": ANSWER,
            "dee.pdf": b"%PDF",
            "eve.docx": b"PK",
        },
        {"ann": "ann.py", "bob": "bob.zip", "cy": "cy.txt"},
        {"dee.pdf", "eve.docx"},
    ),
    "a helper that several import": (
        {
            "ann.py": f"from utils import f\n{ANSWER}",
            "bob.py": f"import utils\n{OTHER}",
            "utils.py": "def f(): ...",
        },
        {"ann": "ann.py", "bob": "bob.py"},
        {"utils.py"},
    ),
    "one student's folder": (
        {"custom_lift.py": f"import utils, pkg.more\n{ANSWER}", "utils.py": "", "pkg/more.py": ""},
        {"class": "custom_lift.py"},
        set(),
    ),
    "one student's folder, by another name": (
        {"hw1.py": f"from utils import f\n{ANSWER}", "utils.py": "def f(): ..."},
        {"hw1": "hw1.py"},
        set(),
    ),
    "files that a browser numbered": (
        {"custom_lift.py": ANSWER, "custom_lift (1).py": OTHER, "custom_lift (2).py": MISSPELT},
        {
            "custom_lift": "custom_lift.py",
            "custom_lift_1": "custom_lift (1).py",
            "custom_lift_2": "custom_lift (2).py",
        },
        set(),
    ),
    "files beside folders": (
        {
            "ann/custom_lift.py": ANSWER,
            "bob.py": ANSWER,
            "cy/lift.py": MISSPELT,
            "dee/x.txt": "",
        },
        {"ann": "ann/custom_lift.py", "bob": "bob.py", "cy": "cy/lift.py", "dee": "not run"},
        set(),
    ),
    "an instructor's script beside folders": (
        {"ann/custom_lift.py": ANSWER, "bob/lift.py": ANSWER, "plot.py": "import ann"},
        {"ann": "ann/custom_lift.py", "bob": "bob/lift.py"},
        {"plot.py"},
    ),
    "the stub beside folders that define nothing": (
        {"custom_lift.py": ANSWER, "ann/lift.py": MISSPELT, "bob/a.py": MISSPELT},
        {"class": "custom_lift.py"},
        {"ann", "bob"},
    ),
}


@pytest.mark.parametrize("form", [as_folder, as_zip])
@pytest.mark.parametrize("name", FLAT)
def test_files_side_by_side(
    tmp_path: Path, name: str, form: Callable[[Path, str, Files], Path]
) -> None:
    """Each program is a student's, but for helpers; whoever is not graded is named."""
    files, counts, reasons = FLAT[name]
    found = find([form(tmp_path, "class", filled(tmp_path, files))], WANTED)
    places = taken(found)
    assert set(places) == set(counts)
    for id, place in counts.items():
        assert places[id].startswith(place)
    assert set(refused(found)) == reasons


def test_files_that_are_named_one_by_one(tmp_path: Path) -> None:
    """`bulk class/*.py` finds what `bulk class` finds: helpers are helpers there too."""
    for name, (files, _, reasons) in FLAT.items():
        if any("/" in path or not path.endswith(".py") for path in files):
            continue
        folder = as_folder(tmp_path, name, files)
        one_by_one = find(sorted(folder.iterdir()), WANTED)
        assert [e.place for e in one_by_one.entries] == [
            e.place for e in find([folder], WANTED).entries
        ]
        assert set(refused(one_by_one)) == reasons


def test_ids_of_zips_of_repositories_are_the_zips_names(tmp_path: Path) -> None:
    """Two downloads of `repo-main` are told apart by what they were saved as."""
    files = {"repo-main/custom_lift.py": ANSWER, "repo-main/README.md": ""}
    files |= {"repo-main/tests/test_lift.py": "import custom_lift", "repo-main/setup.py": ""}
    sources = [as_zip(tmp_path, name, files) for name in ("ann", "bob")]
    found = find(sources, WANTED)
    assert [e.id for e in found.entries] == ["ann", "bob"]
    assert not found.refused


def test_one_file_in_a_folder_is_taken_by_the_same_rule(tmp_path: Path) -> None:
    """What a platform hands over as a folder: the same file, the same reasons."""
    for name, (files, counts, reasons) in FOLDERS.items():
        folder = as_folder(tmp_path, name, filled(tmp_path, files))
        for id in {path.partition("/")[0] for path in files}:
            if name.startswith("of several"):
                continue  # what was handed out is not known here
            if id in counts and not counts[id].startswith("not run"):
                assert handed_in(folder / id, WANTED)[1] == folder / counts[id]
                continue
            with pytest.raises(
                UnreadableError, match=re.escape(reasons.get(id, "There is no custom"))
            ):
                handed_in(folder / id, WANTED)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (ANSWER, True),
        (f"{FUNCTION}: object = print", True),
        (f"class {FUNCTION}: pass", True),
        (f"async {ANSWER}", True),
        (f"if True:\n    {FUNCTION} = print", True),
        (f"def f():\n    def {FUNCTION}(): pass", False),
        (f"from x import {FUNCTION}", False),
        (f"print({FUNCTION})", False),
        (f"def {FUNCTION}_2(): pass", False),
        (f"def {FUNCTION}(:\n", True),
        (f"  def {FUNCTION}(:\n", False),
        ("(" * 20_000 + FUNCTION, False),
        ("x = 1\n" * 40_000 + ANSWER, True),
    ],
)
def test_what_defines_the_function(said: str, expected: bool) -> None:
    """A definition at the top level counts; text of any kind and depth is answered for."""
    assert defines("a.py", said.encode(), FUNCTION) is expected
