"""The lists of files in CONTRIBUTING.md are those that the code shows."""

import re
import tomllib
from functools import cache

import pytest

from exercise import EXERCISE
from grader import ROOT
from grader.formats import FORMATS
from grader.sources.find import LAYOUTS
from grader.worker.walls.syscalls import CALLS

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
SUFFIXES = (".py", ".toml", ".md")
TOPS = ("grader", "exercise", "solution", "docs", "tests")
# Written by commands, or samples of what students do.
NOT_BY_HAND = ("docs/faults/", "tests/submissions/", "tests/golden/", "solution/key/")


@cache
def texts() -> dict[str, str]:
    """All files that are written by hand, by path from the root."""
    files = [ROOT / "README.md", *(f for top in TOPS for f in (ROOT / top).rglob("*"))]
    named = {f.relative_to(ROOT).as_posix(): f for f in files if f.suffix in SUFFIXES}
    by_hand = {p: f for p, f in named.items() if not p.startswith(NOT_BY_HAND)}
    return {path: file.read_text("utf-8") for path, file in by_hand.items()}


def section(title: str) -> str:
    """A section of the page, by its title."""
    return TEXT.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def listed(title: str) -> set[str]:
    """The files that a section lists, an item each."""
    return set(re.findall(r"^- `([^`]+)`$", section(title), re.M))


def naming(*patterns: str) -> set[str]:
    """The files that have a match of each."""
    found = set(texts())
    for pattern in patterns:
        found = {path for path in found if re.search(pattern, texts()[path])}
    return found


def checks() -> list[str]:
    """The ids of the checks."""
    found = re.findall(r"^def test_(\w+)", EXERCISE.checks.read_text("utf-8"), re.M)
    return [name.replace("_", "-") for name in found]


def faults() -> list[str]:
    """The ids of the faults."""
    return list(tomllib.loads((EXERCISE.folder / "faults.toml").read_text("utf-8"))["faults"])


PATTERNS = {
    "Add a pitfall": [rf"(?<![\w-]){id}(?![\w-])" for id in faults()],
    "Add a check": [rf"(?<![\w-])({id}|test_{id.replace('-', '_')})(?![\w-])" for id in checks()],
    "Add a format": [rf'["`]{name}["`]' for name in FORMATS],
    "Add a learning platform": [rf'["`]{name}["`:]' for name in LAYOUTS],
    "Allow a call of the kernel": [rf"\b{call}\b" for call in {call.name for call in CALLS}],
}


@pytest.mark.parametrize("title", PATTERNS)
def test_lists_are_the_files_that_name_each_of_a_kind(title: str) -> None:
    """What names every pitfall, check, format, platform or call is listed, and nothing else is."""
    assert naming(*PATTERNS[title]) == listed(title)


def test_exercise_is_named_where_it_is_said_to_be() -> None:
    """In grader/, only the files of the list import the exercise or the solution, or name it."""
    pattern = rf"(?m)^\s*(from|import) (exercise|solution)\b|{EXERCISE.id}"
    found = {path for path in naming(pattern) if path.startswith("grader/")}
    assert found == listed("Add an exercise")


def test_files_of_the_text_exist() -> None:
    """Every path is there; one with NAME is there for one of its kind."""
    paths = re.findall(r"`((?:grader|exercise|solution|tests|docs)/[\w./]*)`", TEXT)
    assert len(paths) > 20
    assert [p for p in paths if not any(ROOT.glob(p.replace("NAME", "*").rstrip("/")))] == []


def test_commands_of_the_text_exist() -> None:
    """What is started as `python -m` is a module of ours, or pytest."""
    named = set(re.findall(r"python -m ([\w.]+)", TEXT)) - {"pytest"}
    assert "exercise.pages" in named
    assert [n for n in named if not (ROOT / f"{n.replace('.', '/')}.py").is_file()] == []


def test_the_lists_can_be_wrong() -> None:
    """A file that names one format alone is on no list, and is found where one looks for it."""
    assert "grader/cli/compare.py" in naming(PATTERNS["Add a format"][0])
    assert "grader/cli/compare.py" not in listed("Add a format")
    assert listed("Set up, and run one test") == set()
