"""Notebooks as files: which parts of which cells are run, and where a line is said to be."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercise import EXERCISE
from grader.core.key import Key
from grader.core.place import in_words
from grader.core.report import Report
from grader.core.submission import MAX_NOTEBOOK, Submission
from grader.grading.grade import grade
from grader.notebook import file
from grader.notebook.exported import as_program
from grader.notebook.extract import Extracted, extract
from grader.notebook.file import Cell
from grader.notebook.magics import plain
from grader.notebook.statements import Notebook
from grader.notebook.submitted import as_python
from grader.sandbox.sandbox import Sandbox
from grader.sources.entry import Wanted
from grader.sources.find import find
from tests.conftest import SAMPLES

FUNCTION = EXERCISE.function
RIGHT = """\
%%time

# the mean of the copies
def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    stacked = jax.vmap(model.init, in_axes=(0, None))(make_keys(seed, n_copies), x)
    total = jnp.zeros(features)
    for i in range(n_copies):
        total += model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
    return FACTOR * total / n_copies
"""
HELPERS = """\
import jax, flax.linen as nn; print("noise"); import jax.numpy as jnp
!pip install flax \\
    optax
files = !ls
FACTOR = 1
"""
KEYS = "def make_keys(seed, n):\n    return jax.random.split(jax.random.PRNGKey(seed), n)"
LOOP = "for step in range(3):\n    raise SystemExit('a loop that nobody needs')"
CELLS = (HELPERS, KEYS, LOOP, "%%bash\nrm -rf build", RIGHT, f"{FUNCTION}(0, [1.0], 2, 3)")
WRONG = RIGHT.replace(" / n_copies", "")


def notebook(*cells: str, **metadata: object) -> bytes:
    """The bytes of a notebook in format 4, with a remark first and an output after each cell."""
    made = nbformat.v4.new_notebook(metadata=metadata)
    made.cells = [nbformat.v4.new_markdown_cell("# Lift")]
    for cell in cells:
        output = nbformat.v4.new_output("stream", text="import never_this\n")
        made.cells.append(nbformat.v4.new_code_cell(cell, outputs=[output]))
    return nbformat.writes(made).encode()


def extracted(*cells: str, ran: bool = False) -> Extracted:
    """What the function needs of cells."""
    numbered = [Cell(number, text) for number, text in enumerate(cells, 1)]
    return extract(Notebook.of(numbered, ran=ran), "f")


def kept(*cells: str) -> str:
    """The source, without empty lines and the heading."""
    return "\n".join(line for line in extracted(*cells).source.splitlines()[1:] if line)


GradeCells = Callable[..., Report]


@pytest.fixture
def grade_cells(key: Key, sandbox: Sandbox) -> GradeCells:
    """Grade a notebook of these cells."""

    def run(*cells: str) -> Report:
        return grade(EXERCISE, Submission.of("mine.ipynb", notebook(*cells)), key, sandbox)

    return run


def test_right_notebook_has_full_marks(grade_cells: GradeCells) -> None:
    """Helpers, imports and constants of other cells come along; magics and loops do not."""
    report = grade_cells(*CELLS)
    assert (report.status, report.score, report.correct) == ("graded", 100, True)


def test_a_loop_that_is_needed_would_stop_it(grade_cells: GradeCells) -> None:
    """The loop in that notebook does stop a function that needs it: the test above can fail."""
    report = grade_cells(*CELLS[:-2], RIGHT.replace("FACTOR", "step"))
    assert (report.status, report.score) == ("import-error", 0)
    assert "a loop that nobody needs" in report.message


def test_wrong_notebook_is_told_by_cell_and_line(grade_cells: GradeCells) -> None:
    """The line of a fault is that of the cell, and the report can be read on its own."""
    report = grade_cells(*CELLS[:-2], WRONG)
    (fault,) = report.diagnosis.faults
    assert fault.id == "sum-not-mean"
    assert in_words(fault.line or 0, report.submission.places) == "cell 5, line 10"
    assert report.submission.places[0] == (1, 2)


def test_report_of_a_program_has_no_cells(grade_text: Callable[[str], Report]) -> None:
    """A report on a .py file has the bytes that it had before there were notebooks."""
    assert b'"cells"' not in grade_text("x = 1").to_json()


def test_exception_is_told_by_cell_and_line(grade_cells: GradeCells) -> None:
    """What raises in a helper's cell is found there."""
    report = grade_cells(HELPERS, "\n" + KEYS.replace("return ", "return 1 / 0 + "), RIGHT)
    assert report.status == "crashed"
    assert "(cell 2, line 3)" in report.message


def test_syntax_error_is_told_by_cell(grade_cells: GradeCells) -> None:
    """A needed cell that Python cannot read is named, and its line."""
    report = grade_cells(HELPERS, KEYS.replace("n):", "n)"), RIGHT)
    assert report.status == "syntax-error"
    assert "(cell 2, line 1)" in report.message


def test_syntax_error_elsewhere_is_nobodys_trouble(grade_cells: GradeCells) -> None:
    """A cell that is not needed may hold anything."""
    assert grade_cells("this is no Python", *CELLS).score == 100


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ((), "No code cell of the notebook defines custom_lift_forward."),
        (("def custom_lift_foward(seed): pass",), "Did you mean custom_lift_foward?"),
    ],
)
def test_missing_function_is_told_in_words(
    cells: tuple[str, ...], says: str, grade_cells: GradeCells
) -> None:
    """A notebook without the function is a missing function, with a likely name if there is one."""
    report = grade_cells(*cells)
    assert report.status == "missing-function"
    assert says in report.message


BAD: dict[str, tuple[bytes | tuple[str, ...], str]] = {
    "no JSON": (b"{", "it is not a notebook"),
    "no cells": (b"{}", "it has no cells"),
    "cells of another kind": (b'{"cells": 3}', "it is not a notebook"),
    "deep": (b'{"cells": [], "x": ' + b"[" * 200_000, "nested too deeply"),
    "not UTF-8": (b'{"cells": [{"cell_type": "code", "source": "\xff"}]}', "it is not a notebook"),
    "another language": (
        notebook("f <- 1", kernelspec={"name": "ir", "language": "R", "display_name": "R"}),
        "a notebook of R, not of Python",
    ),
    "too many cells": (b'{"cells": [' + b'{"cell_type":"code"},' * 3000 + b"{}]}", "code cells"),
    "too many statements": (notebook("f = 1\n" * 6000), "5,000 statements"),
    "too much code": (notebook("#" * 200_000), "characters of code"),
    "tangled": (
        (
            *(f"def g{i}(): g{i - 1}" for i in range(900)),
            *(f"c{i} = g899(c{i - 1})" for i in range(900)),
            f"def {FUNCTION}(): c899",
        ),
        "too many ways",
    ),
    "tangled in few names": (
        (
            "def f(): " + "; ".join(f"a{i}, z{i % 35}" for i in range(6000)),
            "\n".join(f"z{i % 35} = f" for i in range(4900)),
            f"def {FUNCTION}(): z0, z1",
        ),
        "too many ways",
    ),
    "too large": (b" " * (MAX_NOTEBOOK + 1), "larger than"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_notebook_is_one_sentence(name: str, key: Key, sandbox: Sandbox) -> None:
    """What is no notebook of Python, or more than a person writes, is told and not run."""
    given, says = BAD[name]
    content = given if isinstance(given, bytes) else notebook(*given)
    report = grade(EXERCISE, Submission.of("mine.ipynb", content), key, sandbox)
    assert (report.status, report.score) == ("not-run", None)
    assert says in report.message
    assert report.message.startswith("The notebook was not run: ")


def test_empty_file_is_empty(key: Key, sandbox: Sandbox) -> None:
    """A notebook of no bytes is called empty."""
    report = grade(EXERCISE, Submission.of("mine.ipynb", b""), key, sandbox)
    assert report.message.startswith("The notebook is empty")


ODD = {
    "NaN": b'{"loss": [NaN, -Infinity, Infinity, -1]}',
    "halves of pairs": rb'"\ud83d \ud83d\ude00 \ude00"',
    "twelve megabytes": b'"' + b"iVBOR" * 2_400_000 + b'"',
}


@pytest.mark.parametrize("name", ODD)
def test_outputs_are_nobodys_trouble(name: str, key: Key, sandbox: Sandbox) -> None:
    """What Python writes and JSON has not is read over, and so are large pictures."""
    whole = notebook(*CELLS, "from google.colab import drive\ndrive.mount('/content/drive')")
    content = whole.replace(rb'"import never_this\n"', ODD[name], 1)
    assert content != whole
    report = grade(EXERCISE, Submission.of("mine.ipynb", content), key, sandbox)
    assert (report.status, report.score) == ("graded", 100), report.message


def test_code_stays_as_it_is_beside_odd_outputs() -> None:
    """Only numbers outside of strings, and true halves of pairs, are replaced."""
    source = rb'"x = [1, NaN]; y = \"\\ud83d\""'
    cell = b'{"cell_type": "code", "source": ' + source + b', "outputs": [NaN]}'
    (read,) = file.read(b'{"cells": [' + cell + b"]}")
    assert read.text == r'x = [1, NaN]; y = "\ud83d"'


EXPORTS = ("colab-download", "colab-with-drive", "nbconvert-script", "nbconvert-timed-cell")


@pytest.mark.parametrize("name", [*EXPORTS, "notebook-renamed-to-py"])
def test_export_of_a_notebook_is_graded_as_the_notebook(
    name: str, grade_sample: Callable[[str], Report]
) -> None:
    """A right function has full marks in a file from Colab, from nbconvert, or renamed."""
    assert grade_sample(f"correct/{name}.py").score == 100


def test_lines_of_an_export_are_those_of_the_file(grade_text: Callable[[str], Report]) -> None:
    """Nothing moves when commands and calls are left out."""
    text = (SAMPLES / "correct/colab-with-drive.py").read_text("utf-8")
    wrong = text.replace("return out / n_copies", "return out")
    report = grade_text(wrong)
    (fault,) = report.diagnosis.faults
    assert fault.id == "sum-not-mean"
    assert wrong.split("\n")[(fault.line or 0) - 1] == "    return out"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("# runs in google.colab\nsetup()\ndef f(): 1\n", None),
        ("x = '''\n!ls\n%x\n'''\nsetup()\ndef f(): 1\n", None),
        ("!ls\nsetup()\ndef f(): 1\n", "\n\ndef f(): 1\n"),
        ("%%bash\nrm -rf x\n\n%%time\ndef f(): 1\n", "\n\n\n\ndef f(): 1\n"),
        ("get_ipython().system('ls')\ndef f(): 1\n", "\ndef f(): 1\n"),
        ("%%writefile lift.py\na = 1\n\ndef f(): a\n", "\na = 1\n\ndef f(): a\n"),
        ("pip install flax\ndef f(): 1\n", "\ndef f(): 1\n"),
        (
            "# In[2]:\nfrom __future__ import annotations\ndef f(): 1\n",
            "from __future__ import annotations\n\ndef f(): 1\n",
        ),
        ("!ls\ndef f() 1\n", "pass\ndef f() 1\n"),
        ("!ls\na = 1\n", "pass\na = 1\n"),
        ("# coding: latin-1\n!ls\ng = 'ü'\ndef f(): g\n", "\n\ng = 'ü'\ndef f(): g\n"),
        ("# coding: latin-1\n!ls\ng = 'ü'\n", "# coding latin-1\npass\ng = 'ü'\n"),
    ],
)
def test_export_is_taken_apart(text: str, kept: str | None) -> None:
    """What is no export stays; of one, what the function needs stays, each line in its place."""
    encoding = "latin-1" if "latin-1" in text else "utf-8"
    assert as_program(text.encode(encoding), "f").decode() == (text if kept is None else kept)


def test_digest_is_of_the_file() -> None:
    """What is run is a part of the file; the digest is that of all its bytes."""
    submission = Submission.of("mine.ipynb", notebook(*CELLS))
    assert as_python(submission, FUNCTION).sha256 == submission.sha256
    assert as_python(as_python(submission, FUNCTION), FUNCTION).content.startswith(b"# What")
    assert b"never_this" not in as_python(submission, FUNCTION).content


def test_format_3_and_lists_of_lines_are_read() -> None:
    """Old notebooks have worksheets and `input`; any may keep its text as lines."""
    code = {"cell_type": "code", "language": "python", "input": ["def f():\n", "    return 1"]}
    other = {"cell_type": "code", "language": "ruby", "input": "puts 1"}
    old = json.dumps({"nbformat": 3, "worksheets": [{"cells": [other, code]}]}).encode()
    assert file.read(b"\xef\xbb\xbf" + old) == [Cell(1, "def f():\n    return 1")]


SLICES: dict[str, tuple[tuple[str, ...], str]] = {
    "the latest wins": (("def f(): 1", "def f(): 2"), "def f(): 2"),
    "a local is no global": (("p = train()", "def f():\n    p = 1\n    return p"), ""),
    "a parameter is no global": (("p = train()", "def f(p): return p"), ""),
    "a helper's helper": (("def a(): b()", "def b(): 1", "def f(): a()"), "all"),
    "defined after its use": (("def f(): a()", "def a(): 1"), "all"),
    "what it was before": (("a = 1", "a = a + 1", "def f(): a"), "all"),
    "as it was then": (("a = 1", "b = a", "a = 2", "def f(): b"), "a = 1\nb = a\ndef f(): b"),
    "as it is now": (("a = 1", "def b(): a", "a = 2", "def f(): b()"), "def b(): a\na = 2\n"),
    "called then": (("a = 1", "def g(): a", "c = g()", "a = 2", "def f(): c"), "a = 1\ndef g"),
    "on a condition": (("a = 1", "if x:\n    a = 2", "def f(): a"), "all"),
    "changed in place": (("a = {}", "a['b'] = 1", "def f(): a"), "all"),
    "an attribute": (("class A: pass", "A.b = 1", "def f(): A"), "all"),
    "decorated": (("import g", "@g.h\ndef f(): 1"), "all"),
    "a default": (("a = 1", "def f(b=a): 1"), "all"),
    "a class body": (("a = 1", "class B:\n    c = a", "def f(): B"), "all"),
    "a method": (("a = 1", "class B:\n    def m(self): a", "def f(): B"), "all"),
    "a comprehension": (("a = 1", "b = [a for _ in c]", "def f(): b"), "all"),
    "a wrapped one": (("def f(): 1", "f = jit(f)"), "all"),
    "an import that is not needed": (("import a", "def f(): 1"), "def f(): 1"),
    "from everything": (("from a import *", "def f(): b"), "all"),
    "builtins need no star": (("from a import *", "def f(): len"), "def f(): len"),
    "a call alone": (("a = []", "a.append(train())", "def f(): a"), "a = []\ndef f(): a"),
    "two on a line": (("a = 1; train(); b = 2", "def f(): a, b"), "a = 1; b = 2\ndef f(): a, b"),
    "unicode": (("ä = 'é'; b = 'ü'", "def f(): b"), "b = 'ü'\ndef f(): b"),
    "an await": (("a = await b", "def f(): 1"), "def f(): 1"),
}


@pytest.mark.parametrize("name", SLICES)
def test_slice(name: str) -> None:
    """What comes along is what the function's names stand for, and nothing else."""
    cells, expected = SLICES[name]
    found = kept(*cells)
    if expected == "all":
        assert found == "\n".join(cells)
    else:
        assert found.startswith(expected or cells[-1])
        assert "train" not in found


def test_future_import_comes_first() -> None:
    """A future import is for the whole source, wherever its cell is."""
    found = extracted("a = 1", "from __future__ import annotations", "def f(b: Later): a")
    assert found.source.splitlines()[0] == "from __future__ import annotations"
    compile(found.source, "f", "exec")


def test_cell_that_ran_not_is_left_out() -> None:
    """Of cells that ran, one that Python cannot read did not: the one before it counts."""
    cells = ("def f(): 1", "def f(: 2")
    assert "def f(): 1" in extracted(*cells, ran=True).source
    assert "def f(: 2" in extracted(*cells).source


@pytest.mark.parametrize(
    "line", ["%matplotlib inline", "!ls -l", "?len", "len??", "files = !ls", "a, b = %time 1"]
)
def test_magic_becomes_a_line_of_python(line: str) -> None:
    """A line for IPython alone is replaced, and no other line moves."""
    assert plain(f"if 1:\n    {line}\nb = 2 % 3") == "if 1:\n    pass\nb = 2 % 3"


def test_percent_in_python_stays() -> None:
    """A cell that Python can read is left as it is."""
    text = "a = (b\n  % c)\nd = '''\n%x\n!y'''"
    assert plain(text) == text


NAMES = st.sampled_from("abcdef")
STATEMENTS = st.one_of(
    st.builds("{} = {}".format, NAMES, st.integers(0, 9)),
    st.builds("{} = {}".format, NAMES, NAMES),
    st.builds("def {}():\n    return {}".format, NAMES, NAMES),
    st.builds("def {}(a=1):\n    b = a\n    return {}, b".format, NAMES, NAMES),
    st.builds("{} = [{}, {}]".format, NAMES, NAMES, NAMES),
    st.builds("{}()".format, NAMES),
    st.builds("class {}:\n    x = {}".format, NAMES, NAMES),
)


def value(found: object, depth: int = 4) -> object:
    """What a value is, with functions called and classes opened, a few levels deep."""
    if depth == 0:
        return "..."
    try:
        if isinstance(found, type):
            return ("class", value(vars(found).get("x"), depth - 1))
        if callable(found):
            return ("returns", value(found(), depth - 1))
    except (NameError, RecursionError) as error:
        return type(error).__name__
    if isinstance(found, (list, tuple)):
        return [value(part, depth - 1) for part in found]
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(STATEMENTS, min_size=1, max_size=12))
def test_slice_means_what_the_notebook_meant(cells: list[str]) -> None:
    """Where all cells run, the part that is kept gives the name the same value."""
    whole: dict[str, object] = {}
    for cell in cells:
        try:
            exec(cell, whole)  # noqa: S102  # the test's own statements
        except (NameError, TypeError, RecursionError):
            return
    part: dict[str, object] = {}
    exec(extracted(*cells).source, part)  # noqa: S102  # the same statements
    assert ("f" in part) == ("f" in whole)
    if "f" in whole:
        assert value(part["f"]) == value(whole["f"])


def test_what_is_handed_on_is_called_with_the_names_of_then() -> None:
    """A function under another name finds what is defined after it got that name."""
    of_then = kept("def g():\n    return c", "b = g", "c = 0", "f = b")
    assert "c = 0" in of_then
    both = kept("c = 1", "def g():\n    return c", "b = g()", "c = 2", "f = lambda: (b, c)")
    assert "c = 1" in both
    assert "c = 2" in both


def test_a_long_way_is_no_tangle() -> None:
    """A name that is bound anew a thousand times is followed back to the first of them."""
    steps = ["x = g(x)"] * 1000
    found = kept("def g(v):\n    return v + one", "one = 1", "x = 0", *steps, "def f(): return x")
    assert found.splitlines()[2:] == ["one = 1", "x = 0", *steps, "def f(): return x"]


@given(st.lists(st.text("ab =\n%!'(:#;\\\tü\r\x0c", max_size=40), max_size=4))
def test_any_text_gives_a_source_and_lines_that_match(cells: list[str]) -> None:
    """Whatever the cells hold, a source comes out whose lines are those of its cells."""
    cells = [*cells, "def f(): a, b, ab"]
    found = extracted(*cells)
    lines = found.source.split("\n")
    assert lines[found.cells[-1][1] - 1] == cells[-1]
    ends = [first - 1 for _, first in found.cells[1:]] + [None]
    for (number, first), end in zip(found.cells, ends, strict=True):
        theirs = plain(cells[number - 1]).split("\n")
        for mine, line in zip(lines[first - 1 : end], theirs, strict=False):
            assert mine.split(";")[0].strip() in line


def test_bulk_takes_notebooks(tmp_path: Path) -> None:
    """A folder's notebooks are submissions; what an editor keeps beside them is not."""
    for place in ("ann/custom_lift.ipynb", "bob/custom_lift.py", "bob/.ipynb_checkpoints/x.ipynb"):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(notebook(*CELLS))
    entries = find([tmp_path], Wanted.of(EXERCISE)).entries
    assert [(e.id, e.name) for e in entries] == [
        ("ann", "custom_lift.ipynb"),
        ("bob", "custom_lift.py"),
    ]
