"""Which side knows what: shown by processes that look, each with a test that the look can fail."""

import ast
import gc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from exercise import EXERCISE
from grader import ROOT
from grader.authored.exercise import common_faults
from grader.bundles.distribution import SUFFIXES
from grader.core.key import Key
from grader.core.report import Report
from grader.sandbox.environment import environment

LIST = "distribution.txt"  # which names every file, of the exercise too
GradeText = Callable[[str | bytes], Report]


def modules_after(statement: str) -> set[str]:
    """The top-level modules that a fresh process has imported after a statement."""
    code = f"import sys; {statement}; print(*{{m.split('.')[0] for m in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_trusted_side_never_imports_jax() -> None:
    """Grading, diagnosing and reporting need neither jax nor flax nor the secret side."""
    statement = (
        "import grader.cli, grader.grading.grade, grader.bulk.job, grader.screen.render, exercise"
    )
    assert not {"jax", "flax", "solution"} & modules_after(statement)


def test_help_needs_neither_jax_nor_pytest() -> None:
    """The command's own module is light."""
    heavy = {"jax", "flax", "pytest", "pytest_jsonreport", "numpy", "rich"}
    assert not heavy & modules_after("import grader.cli")


def test_the_look_at_imports_can_fail() -> None:
    """The worker's observer does import jax, and the look sees it."""
    assert "jax" in modules_after("import grader.worker.observer")


def imports(path: Path) -> set[str]:
    """The top-level packages that a file names in imports, at any depth."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "grader").rglob("*.py")), ids=lambda p: p.name)
def test_engine_names_no_secret_and_no_exercise(path: Path) -> None:
    """No file of the engine imports solution/, and only one names the exercise."""
    allowed = {"exercise"} if path.name == "wiring.py" else set()
    assert imports(path) & {"solution", "exercise"} <= allowed


def test_the_engine_knows_no_exercise() -> None:
    """No text of the engine has a word of the exercise's own: another one brings others."""
    faults = EXERCISE.wording.faults.keys() - common_faults()  # of form: those are any exercise's
    own = [EXERCISE.id, EXERCISE.function, *faults, "n_copies", "course-loop"]
    told = {name: words_of(path, own) for name, path in engine().items()}
    assert {name: words for name, words in told.items() if words} == {}


def test_the_look_at_words_can_fail() -> None:
    """The exercise does name its faults."""
    assert words_of(ROOT / "exercise" / "faults.py", ["shared-key"]) == ["shared-key"]


def engine() -> dict[str, Path]:
    """The files of grader/ that are written by hand."""
    found = [p for p in (ROOT / "grader").rglob("*") if p.suffix in SUFFIXES]
    return {p.relative_to(ROOT).as_posix(): p for p in found if p.name != LIST}


def words_of(path: Path, words: list[str]) -> list[str]:
    """Those of the words that a file has."""
    text = path.read_text("utf-8")
    return [word for word in words if word in text]


def test_the_look_at_names_can_fail() -> None:
    """The program that builds the key does import the secret side."""
    assert "solution" in imports(ROOT / "solution" / "build.py")


LOOK = """
import gc, os, sys
gc.unfreeze()  # what was there before the fork as well
found = [name for name in sys.modules if name.split(".")[0] in ("solution", "exercise")]
found += [k for k in os.environ if "SECRET" in k]
found += [type(o).__name__ for o in gc.get_objects() if type(o).__name__ in ("Key", "KeyCase")]
raise ValueError(f"found {sorted(set(found))}")
"""


def test_worker_holds_no_key(grade_text: GradeText, monkeypatch: pytest.MonkeyPatch) -> None:
    """A submission that looks around finds no key, no case, no secret."""
    monkeypatch.setenv("GRADER_COURSE_SECRET", "planted")
    report = grade_text(LOOK)
    assert "found []" in report.message


def test_the_look_inside_can_fail(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same look in this process, which holds the key, finds it."""
    monkeypatch.setenv("GRADER_COURSE_SECRET", "planted")
    try:
        with pytest.raises(ValueError, match="KeyCase"):
            exec(LOOK, {})  # noqa: S102  # the probe itself
    finally:
        gc.freeze()  # as it was
    assert key.public


def test_worker_environment_is_nearly_empty() -> None:
    """Nothing of the caller's environment reaches a worker."""
    names = set(environment(Path("cache"), fill_cache=False))
    assert all(
        n.startswith(("JAX_", "XLA_", "PYTHON", "TF_", "OPENBLAS_", "GRADER_FILL")) for n in names
    )
