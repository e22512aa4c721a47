"""The kit: always the same, complete, and without anything that must not leave."""

import ast
import base64
import gzip
import importlib.util
import io
import marshal
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from exercise import EXERCISE
from grader import ROOT
from grader.bundles import distribution
from grader.bundles.kit import launcher, pins
from grader.bundles.kit.contents import require_unfinished
from grader.cli import main
from grader.core import key_file as keys
from grader.core.errors import UsageError
from grader.core.key import KeyCase
from solution import build, cases
from tests.support.leaks import Secrets, find

SOURCES = [*ROOT.glob("solution/*.py"), *ROOT.glob("tests/submissions/correct/*.py")]
SECRET = "a secret for this test: 7f3c"
CASES = cases.hidden_cases(SECRET)
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip that `grader kit` writes."""
    out = tmp_path_factory.mktemp("kit") / "kit.zip"
    result = CliRunner().invoke(main, ["kit", str(out)])
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="module")
def files(kit: Path) -> Files:
    """What is in it, by path."""
    with zipfile.ZipFile(kit) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def secrets() -> Secrets:
    """What must not leave: of this checkout's key, and of a secret of this test."""
    hidden = tuple(k.case for k in keys.read(EXERCISE.public_key, EXERCISE.hidden_key).hidden)
    return Secrets.of(SOURCES, EXERCISE.hidden_key, hidden + CASES, SECRET)


def test_kit_is_the_same_from_run_to_run(kit: Path, tmp_path: Path) -> None:
    """Two calls give the same bytes."""
    again = tmp_path / "again.zip"
    assert CliRunner().invoke(main, ["kit", str(again)]).exit_code == 0
    assert again.read_bytes() == kit.read_bytes()


def test_kit_holds_what_a_student_needs(files: Files) -> None:
    """Task, stub, launcher and pins are at the top; grader and public key are in lib."""
    top = {name.removeprefix("custom_lift/") for name in files if name.count("/") == 1}
    assert top == {"README.md", "custom_lift.py", "check.py", "requirements.txt"}
    assert files["custom_lift/custom_lift.py"] == EXERCISE.stub.read_bytes()
    assert files[f"custom_lift/lib/{distribution.KEY}"] == EXERCISE.public_key.read_bytes()
    assert b"{stub}" not in files["custom_lift/README.md"]


def test_nothing_leaks(files: Files, kit: Path, secrets: Secrets) -> None:
    """Neither a program, a line, a number, a digest nor a secret of the other side is in it."""
    assert len(secrets.programs) > 50
    assert find(files | {"kit.zip.key": kit.read_bytes()}, secrets) == []


def _gzipped(text: bytes) -> bytes:
    return b"head" + gzip.compress(text)


def _zipped(text: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", text)
    return stream.getvalue()


def _renamed(source: str) -> bytes:
    """A program with other names and no docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = f"v_{node.id}"
        elif isinstance(node, ast.arg):
            node.arg, node.annotation = f"v_{node.arg}", None
        elif isinstance(node, ast.FunctionDef):
            node.name, node.returns = f"f_{node.name}", None
    return ast.unparse(tree).encode()


X = CASES[0].array("x")
LINE = "    return jax.vmap(model.init, in_axes=(0, None))(keys, x)"
REFERENCE = (ROOT / "solution" / "reference.py").read_text("utf-8")
PITFALLS = (ROOT / "solution" / "pitfalls.py").read_text("utf-8")
HIDDEN = EXERCISE.hidden_key.read_bytes()
PLANTED: dict[str, tuple[str, bytes]] = {
    "a mutant, renamed": ("lib/a.py", _renamed(PITFALLS)),
    "the reference, renamed": ("lib/a.py", _renamed(REFERENCE)),
    "the reference, renamed and packed twice": ("a.key", _zipped(_gzipped(_renamed(REFERENCE)))),
    "a right sample": ("lib/a.py", _renamed(SOURCES[-1].read_text("utf-8"))),
    "a line, spaced otherwise": ("lib/a.toml", LINE.replace(" ", "  ").encode()),
    "the hidden key": ("a.key", HIDDEN),
    "the hidden key, packed": ("a.key", _gzipped(HIDDEN)),
    "its digest": ("a.md", keys.source_digest(EXERCISE.hidden_key).encode()),
    "its digest, as bytes": ("a.key", bytes.fromhex(keys.source_digest(EXERCISE.hidden_key))),
    "an input, stored": ("a.key", b"head" + X.astype("<f8").tobytes()),
    "an input, big end first": ("a.key", X.astype(">f4").tobytes()),
    "an input, in base64": ("a.txt", base64.b64encode(b"h" + X.tobytes())),
    "an input, in hex": ("a.txt", X.tobytes().hex().encode()),
    "an input, printed": ("a.md", f"x = {abs(X[0]):.6f}".encode()),
    "an input, printed as UTF-16": ("a.md", repr(abs(float(X[0]))).encode("utf-16")),
    "a seed": ("a.md", str(CASES[0].integer("seed")).encode()),
    "the secret": ("a.md", b"not " + SECRET.encode()),
    "the secret, in base64": ("a.md", base64.b64encode(b"is " + SECRET.encode())),
    "bytecode": (
        "lib/a.bin",
        importlib.util.MAGIC_NUMBER + marshal.dumps(compile("1", "", "exec")),
    ),
    "a cache": ("lib/grader/__pycache__/run.cpython-311.pyc", b""),
    "the folder": ("lib/solution/__init__.py", b""),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_the_search_for_leaks_can_fail(planted: str, secrets: Secrets) -> None:
    """Each thing that must not leave is found where it is planted."""
    name, content = PLANTED[planted]
    assert find({name: content}, secrets) != []
    assert find({"lib/fine.py": b"x = 1\n"}, secrets) == []


def test_public_half_tells_nothing_of_the_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two secrets give two hidden halves and one public half, and no halves can be swapped."""

    def compute(case: object) -> KeyCase:
        return KeyCase(case, np.zeros(2, np.float32), {})  # type: ignore[arg-type]

    monkeypatch.setattr(build, "compute", compute)
    halves = {}
    for secret in ("one", "two"):
        halves[secret] = (tmp_path / f"{secret}.public", tmp_path / f"{secret}.hidden")
        build.build(*halves[secret], secret)
    (first, hidden_first), (second, hidden_second) = halves.values()
    assert first.read_bytes() == second.read_bytes()
    assert hidden_first.read_bytes() != hidden_second.read_bytes()
    first.write_bytes(EXERCISE.public_key.read_bytes())
    with pytest.raises(Exception, match="do not belong together"):
        keys.read(first, hidden_first)


@pytest.mark.parametrize("body", ["return x", "pass", "y = 1\n    raise NotImplementedError"])
def test_stub_that_was_filled_in_is_not_handed_out(body: str) -> None:
    """Whoever tried the exercise in the stub itself is told before it goes into a kit."""
    stub = f'def custom_lift_forward(seed):\n    """What."""\n    {body}\n'
    with pytest.raises(UsageError, match="not the unfinished stub"):
        require_unfinished(EXERCISE, stub.encode())
    require_unfinished(EXERCISE, EXERCISE.stub.read_bytes())


def test_launcher_reads_on_old_pythons_and_says_so(files: Files) -> None:
    """check.py is a program for Python 3.8 as well, and there says which Python it needs."""
    source = files["custom_lift/check.py"].decode()
    ast.parse(source, feature_version=(3, 8))
    assert 'f"' not in source
    code = (
        f"import sys\nsys.version_info = (3, 8, 18)\n__name__ = 'old'\n{source}\nsys.exit(start())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "needs Python 3.11 or newer, and it was called with Python 3.8" in done.stderr


def test_oldest_versions_are_those_of_the_project() -> None:
    """What a kit takes for good enough is what pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = dict(line.split(">=") for line in project["dependencies"])
    known = {n: tuple(map(int, v.split("."))) for n, v in asked.items() if n in launcher.OLDEST}
    assert known == launcher.OLDEST


def test_pins_are_up_to_date_and_hold_no_tools_of_ours() -> None:
    """Every library of a student has one version; what only developers need is absent."""
    text = pins.text()
    assert pins.FILE.read_text("utf-8") == text
    names = {line.split("==")[0].lower() for line in text.splitlines() if "==" in line}
    assert {"jax", "jaxlib", "flax", "msgspec", "pytest"} <= names
    assert not names & {"mypy", "ruff", "hypothesis", "distributed", "pytest-xdist", "jsonschema"}
