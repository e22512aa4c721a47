"""`check` in a real kernel, whose backend has started and whose event loop runs."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

import grader
from exercise import EXERCISE
from grader import wiring
from grader.core.errors import UsageError
from grader.core.key import Key
from grader.core.report import from_json
from grader.core.submission import Submission
from grader.grading.grade import grade
from grader.kernel import child, live
from grader.kernel.wanted import Request, Thing, find
from grader.sandbox import cache as compiled
from grader.sandbox.sandbox import Sandbox
from tests.notebook.test_notebook import FUNCTION, KEYS, RIGHT, WRONG

IMPORTS = """\
%pwd
import asyncio, functools, os, signal, sys
import jax, jax.numpy as jnp, flax.linen as nn
FACTOR = 1
def state():
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    places = [os.getcwd(), *sys.path, sys.stdout, sys.stderr, asyncio.get_running_loop()]
    return handlers, places, dict(os.environ), sys.excepthook, jax.devices(), jax.config.values
"""
COUNTED = "ran = globals().get('ran', 0) + 1\nassert ran == 1, 'an unrelated cell ran again'"
BEFORE = "before, modules = state(), set(sys.modules)"
AFTER = """\
new = {name.split('.')[0] for name in set(sys.modules) - modules}
print(state() == before, ran, sorted(new & {'pytest', 'exercise', 'checks', 'rich', 'msgspec'}))
"""
ODD = """\
import custom_lift
for thing in (3, lambda x: x, functools.partial(state), jax.jit(state), state):
    print(check(thing))
"""
CHECK = f"from grader import check; check({FUNCTION})"
CELLS = (
    *(IMPORTS, KEYS, COUNTED, WRONG, f"{FUNCTION}(0, jnp.ones(4), 3, 2)", BEFORE, CHECK),
    *(RIGHT, "check()", "print(_.report.score)", AFTER, ODD, f"del {FUNCTION}", "check()"),
    f"check(custom_lift.{FUNCTION})",
)
FILE = Path(grader.__file__).parent.parent / "tests/submissions/shared-key/init_once_and_tile.py"


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The cells of a notebook that was executed in a kernel of this Python."""
    folder = tmp_path_factory.mktemp("notebook")
    (folder / "custom_lift.py").write_bytes(FILE.read_bytes())
    (folder / "exercise.py").write_text("raise SystemExit('a file of the student')")
    spec = folder / "kernels" / "lift"
    spec.mkdir(parents=True)
    start = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    about = {"argv": start, "display_name": "lift", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(about))
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLS])
    manager = AsyncKernelManager(
        kernel_name="lift",
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(folder / "kernels")]),
    )
    environment = os.environ | {"GRADER_STATE_DIR": str(folder / "state")}
    client = NotebookClient(
        made, km=manager, timeout=300, resources={"metadata": {"path": str(folder)}}
    )
    client.execute(env=environment)
    return list(made.cells)


def shown(cells: list[Any], number: int) -> dict[str, str]:
    """What a cell returned, by type; cells are counted from 1, as in the kernel."""
    (result,) = [o for o in cells[number - 1].outputs if o.output_type == "execute_result"]
    return dict(result.data)


def printed(cells: list[Any], number: int) -> str:
    """What a cell printed."""
    return "".join(o.text for o in cells[number - 1].outputs if o.output_type == "stream")


def test_wrong_answer_is_shown_as_html_and_as_text(cells: list[Any]) -> None:
    """The verdict, the failure with its cell and line, and the picture; as text in a terminal."""
    data = shown(cells, 7)
    root = ElementTree.fromstring(data["text/html"])
    words = " ".join("".join(root.itertext()).split())
    assert "60 of 100 points" in words
    assert "notebook cell 4, line 10" in words
    assert "return FACTOR * total" in words
    assert len(list(root.iter("rect"))) == 3
    assert data["text/plain"].startswith("notebook: 60 of 100 points.")
    assert "\x1b" not in data["text/plain"]


def test_right_answer_is_right(cells: list[Any]) -> None:
    """Without an argument, the function as it is defined last is graded."""
    assert "100 of 100 points" in shown(cells, 9)["text/html"]
    assert printed(cells, 10) == "100\n"


def test_kernel_is_as_it_was(cells: list[Any]) -> None:
    """Handlers, streams, paths, environment, loop and JAX are untouched; no cell ran again."""
    assert printed(cells, 11) == "True 1 ['msgspec']\n"  # for .report alone


def test_odd_things_are_told_what_to_do(cells: list[Any]) -> None:
    """What is not the function gets a sentence each, and the name to use."""
    lines = printed(cells, 12).splitlines()
    starts = (
        *("check takes the function itself", "A lambda has no name", "This is an object of type "),
        *("This is an object of type ", "The function is called state"),
    )
    assert len(lines) == len(starts)
    assert all(a.startswith(b) and FUNCTION in a for a, b in zip(lines, starts, strict=True))


def test_imported_function_is_graded_from_its_file(cells: list[Any]) -> None:
    """A function of a .py file is graded as that file, and so named."""
    assert shown(cells, 15)["text/plain"].startswith("custom_lift.py: ")
    assert "shared-key" in shown(cells, 15)["text/plain"]


def test_a_function_that_was_deleted_is_not_there(cells: list[Any]) -> None:
    """Without the name there is nothing to grade, although a cell defined it once."""
    assert shown(cells, 14)["text/plain"].startswith(f"There is no function {FUNCTION} yet.")
    assert shown(cells, 14)["text/html"].startswith("<p>")


def thing(**changed: object) -> Thing:
    """What a kernel says of a function."""
    made = {"type": "function", "name": FUNCTION, "names": (FUNCTION,), "callable": True}
    return Thing(**(made | {"file": ""} | changed))  # type: ignore[arg-type]


def request(
    *cells: str, given: Thing | None = None, files: dict[str, str] | None = None
) -> Request:
    """A kernel's request."""
    return Request(tuple(enumerate(cells, 1)), given, files or {}, 30.0, "!")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (request(), f"There is no function {FUNCTION} yet. Run the cell"),
        (request("def custom_lift_foward(): 1"), "Did you mean custom_lift_foward?"),
        (request(given=thing()), f"There is no source of {FUNCTION} in the cells that ran"),
        (request(given=thing(names=())), f"This is an earlier {FUNCTION}"),
        (request("f = 1\n" * 6000), "The cells cannot be graded: its cells hold more than"),
    ],
)
def test_trouble_is_a_sentence(asked: Request, says: str) -> None:
    """Where there is nothing to grade, the student reads what to do."""
    with pytest.raises(UsageError, match=says.replace("?", r"\?")):
        find(asked, FUNCTION)
    assert says in child.verdict(asked).text


def test_import_in_a_cell_leads_to_the_file() -> None:
    """A name that a cell imports is graded from the file that it comes from."""
    asked = request(f"from mine import {FUNCTION}", files={FUNCTION: str(FILE)})
    submission, path = find(asked, FUNCTION)
    assert (submission.content, path) == (FILE.read_bytes(), FILE)


def test_without_fork_the_verdict_is_the_same(monkeypatch: pytest.MonkeyPatch, key: Key) -> None:
    """Where there is no fork, as on macOS and Windows, the same cells have the same score."""
    asked = request(IMPORTS, KEYS, RIGHT, given=thing())
    monkeypatch.setattr(wiring, "key", lambda _: key)
    monkeypatch.setattr(
        wiring,
        "sandbox",
        lambda *_: Sandbox(timeout=60, cache=compiled.location(), fork=False, unsafe=True),
    )
    report = from_json(child.verdict(asked).report.encode())
    assert (report.score, report.submission.name) == (100, "notebook")


@pytest.mark.parametrize("fork", [True, False])
def test_a_submission_may_call_check_itself(fork: bool, key: Key) -> None:
    """A program that ends with a call of check is graded, once: the call does nothing there."""
    content = f"{FILE.read_text('utf-8')}\nfrom grader import check\nassert check() is None\n"
    with Sandbox(timeout=60, cache=compiled.location(), fork=fork, unsafe=not fork) as sandbox:
        report = grade(EXERCISE, Submission.of("mine.py", content.encode()), key, sandbox)
    assert report.status == "graded"


def test_importing_check_is_light() -> None:
    """`from grader import check`, and the part that runs in a kernel, import nothing heavy."""
    code = "import sys; from grader import check; import grader.kernel.live; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"jax", "numpy", "pytest", "rich", "msgspec", "jinja2", "click", "IPython", "exercise"}
    assert heavy & set(done.stdout.split()) == set()


def test_newest_cells_are_sent_and_each_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long session sends what ran last; of equal texts, the last."""

    history = SimpleNamespace(input_hist_raw=["", "a = 1", "b = 2", "a = 1", *("#" * 90_000,) * 2])
    shell = SimpleNamespace(history_manager=history, user_ns={})
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert live.kernel()[1][:2] == [(0, ""), (2, "b = 2")]
    monkeypatch.setattr(live, "NEWEST", 2)
    assert live.kernel()[1] == [(3, "a = 1"), (5, "#" * 90_000)]
