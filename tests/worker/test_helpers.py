"""Files of a student's own beside the program: what it imports goes with it, and nothing else."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from exercise import EXERCISE
from grader.core.helper import MAX_FILES, collect
from grader.core.key import Key
from grader.core.report import Report
from grader.core.submission import Submission, UnreadableError
from grader.grading.grade import grade
from grader.sandbox.sandbox import Sandbox
from grader.sources import alone
from grader.sources.entry import Wanted
from grader.sources.find import find
from tests.conftest import SAMPLES
from tests.support.lms_tools import Files, as_folder, as_zip

WANTED = Wanted.of(EXERCISE)
RIGHT = (SAMPLES / "correct/course-loop.py").read_text()
FUNCTION = EXERCISE.function
LIFT = RIGHT.replace(f"def {FUNCTION}", "def lift")
USES = f"""from utils import lift


def {FUNCTION}(seed, x, n_copies, features):
    return lift(seed, x, n_copies, features)
"""


def used(program: str, **files: str) -> list[str]:
    """The paths of what a program imports of the files beside it; `__` stands for `/`."""
    beside = {_path(name): text.encode() for name, text in files.items()}
    return [helper.path for helper in collect("a.py", program.encode(), beside.get)]


def _path(name: str) -> str:
    return name.replace("__init", "/__init__").replace("_in_", "/") + ".py"


@pytest.mark.parametrize(
    ("program", "files", "expected"),
    [
        ("import utils", {"utils": "", "other": ""}, ["utils.py"]),
        ("from utils import f", {"utils": "import more", "more": ""}, ["more.py", "utils.py"]),
        ("import utils", {"utils": "import more", "more": "import utils"}, ["more.py", "utils.py"]),
        ("def f():\n    import utils", {"utils": ""}, ["utils.py"]),
        ("try:\n    from utils import f\nexcept ImportError: pass", {"utils": ""}, ["utils.py"]),
        ("from pkg import sub", {"sub_in_x": "", "pkg_in_sub": ""}, ["pkg/sub.py"]),
        (
            "import pkg",
            {"pkg__init": "from . import sub", "pkg_in_sub": ""},
            ["pkg/__init__.py", "pkg/sub.py"],
        ),
        (
            "from pkg.sub import f",
            {"pkg__init": "", "pkg_in_sub": "from .more import g", "pkg_in_more": ""},
            ["pkg/__init__.py", "pkg/more.py", "pkg/sub.py"],
        ),
        ("import jax, numpy", {"utils": ""}, []),
        ("import numpy", {"numpy": ""}, ["numpy.py"]),
        ("from .utils import f", {"utils": ""}, ["utils.py"]),
        ("import (", {"utils": ""}, []),
        ("# import utils\n'import utils'", {"utils": ""}, []),
    ],
)
def test_what_a_program_imports(
    program: str, files: Mapping[str, str], expected: list[str]
) -> None:
    """Imports are read from the text, wherever they stand, and followed; nothing else is taken."""
    assert used(program, **files) == expected


def test_helpers_are_bounded() -> None:
    """More files than an exercise needs, or too long ones, are refused in a sentence."""
    many = {f"m{n}": f"import m{n + 1}" for n in range(MAX_FILES + 5)}
    for files in (many, {"m0": "#" * 600_000}):
        with pytest.raises(UnreadableError, match=f"more than {MAX_FILES} files of its own"):
            used("import m0", **files)
    deep = "import " + ".".join(["a"] * 30_000)
    assert used(deep, a="") == ["a.py"]
    assert used("(" * 10_000, a="") == []


def test_digest_is_of_the_helpers_too(tmp_path: Path) -> None:
    """Another helper is another submission; a file that is not imported changes nothing."""

    def digest(name: str, files: Files) -> str:
        folder = as_folder(tmp_path, name, files)
        return alone.submission(folder / "custom_lift.py", WANTED).sha256

    files = {"custom_lift.py": USES, "utils.py": RIGHT}
    assert digest("one", files) == digest("two", {**files, "other.py": "import utils"})
    assert digest("three", {**files, "utils.py": RIGHT + "\n"}) != digest("four", files)
    assert digest("five", {"custom_lift.py": USES}) == Submission.of("", USES.encode()).sha256


@pytest.mark.parametrize("thief", ["ann", "custom_lift"])
def test_another_students_answer_is_no_helper(tmp_path: Path, thief: str) -> None:
    """In a folder of files nobody imports what defines the function, nor a file of its name."""
    files = {f"{thief}.py": RIGHT, "bob.py": USES.replace("utils", thief), "cy.py": "import bob"}
    folder = as_folder(tmp_path, "class", files)
    alone_given = [folder / "bob.py"]
    for sources in (
        [folder],
        [as_zip(tmp_path, "z", files)],
        sorted(folder.iterdir()),
        alone_given,
    ):
        entries = {e.id: e for e in find(sources, WANTED).entries}
        with pytest.raises(UnreadableError, match=f"It imports {thief}.py, which is an answer"):
            entries["bob"].read()


def test_own_answer_in_a_folder_of_ones_own_is_a_helper(tmp_path: Path) -> None:
    """Of one student's folder, and in a student's own check, every file may be imported."""
    files = {"ann/custom_lift.py": USES, "ann/utils.py": RIGHT, "bob/custom_lift.py": RIGHT}
    folder = as_folder(tmp_path, "class", files)
    (ann, _) = find([folder], WANTED).entries
    assert ann.read() == alone.submission(folder / "ann/custom_lift.py", WANTED)
    assert [helper.path for helper in ann.read().helpers] == ["utils.py"]


def test_link_is_no_helper_where_it_leads_out(tmp_path: Path) -> None:
    """A helper that is a link to a file elsewhere is not read."""
    folder = as_folder(tmp_path, "ann", {"custom_lift.py": USES})
    (tmp_path / "secret.py").write_text(RIGHT)
    (folder / "utils.py").symlink_to(tmp_path / "secret.py")
    assert not alone.submission(folder / "custom_lift.py", WANTED).helpers
    (entry,) = find([folder], WANTED).entries
    assert not entry.read().helpers


def graded(tmp_path: Path, key: Key, sandbox: Sandbox, **files: str) -> Report:
    """The report on a student's folder."""
    paths = {_path(name): text for name, text in files.items()}
    folder = as_folder(tmp_path, "ann", paths)
    submission = alone.submission(folder / "custom_lift.py", WANTED)
    report = grade(EXERCISE, submission, key, sandbox)
    (entry,) = find([folder], WANTED).entries
    assert entry.read() == submission
    return report


def test_helpers_are_imported_in_the_worker(tmp_path: Path, key: Key, sandbox: Sandbox) -> None:
    """A module, a package and what they import are there, from memory, and found by name."""
    report = graded(
        tmp_path,
        key,
        sandbox,
        custom_lift=USES.replace("utils", "pkg.lift"),
        pkg__init="import inspect\nfrom . import more\nassert 'f' in inspect.getsource(more)\n",
        pkg_in_more="def f(): ...\n",
        pkg_in_lift=f"from pkg import more\nassert __file__ == 'pkg/lift.py'\n{LIFT}",
    )
    assert (report.score, report.message) == (100, "")
    assert report.submission.helpers == ("pkg/__init__.py", "pkg/lift.py", "pkg/more.py")


def test_helper_comes_before_what_is_installed(tmp_path: Path, key: Key, sandbox: Sandbox) -> None:
    """As for Python the program's folder is first, but for what Python starts with."""
    program = "import queue, optax, os, sys\nassert queue.OWN and optax.OWN and os.sep\n"
    own = "OWN = True\n"
    report = graded(
        tmp_path, key, sandbox, custom_lift=program + RIGHT, queue=own, optax=own, os=own, sys=own
    )
    assert (report.score, report.message) == (100, "")


def test_helper_that_hides_a_package_is_named(tmp_path: Path, key: Key, sandbox: Sandbox) -> None:
    """Who calls a file jax.py is told so; the grader goes on with the real one."""
    report = graded(tmp_path, key, sandbox, custom_lift=RIGHT, jax="x = 1\n")
    assert report.status == "import-error"
    assert "Your own jax.py is imported in place of the package jax" in report.message


def test_mistake_in_a_helper_is_told_with_its_place(
    tmp_path: Path, key: Key, sandbox: Sandbox
) -> None:
    """An exception names the helper and the line there; so does what Python cannot read."""
    for text, status, said in (
        ("x = 1\nraise ValueError('no')\n", "import-error", ", in utils.py, line 2"),
        ("def f(:\n", "import-error", "(utils.py, line 1)"),
        ("def lift(*a):\n    return a.nope\n", "crashed", ", in utils.py, line 2"),
    ):
        report = graded(tmp_path, key, sandbox, custom_lift=USES, utils=text)
        assert (report.status, said in report.message) == (status, True), report.message
        assert report.message.endswith(("(line 1)", "(line 5)"))


def test_helper_that_is_not_there_is_told(tmp_path: Path, key: Key, sandbox: Sandbox) -> None:
    """Without the file the import fails, as it would for Python."""
    report = graded(tmp_path, key, sandbox, custom_lift=USES)
    assert (report.status, "No module named 'utils'" in report.message) == ("import-error", True)
