"""The packages that this project is made with: dependencies that are used, and explained."""

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest

from grader import ROOT

CARD = {  # and the name under which Python imports it
    "jax": "jax",
    "jaxlib": "jaxlib",
    "flax": "flax",
    "numpy": "numpy",
    "pytest": "pytest",
    "pytest-json-report": "pytest_jsonreport",
    "click": "click",
}


def imported(source: str) -> Iterator[str]:
    """The packages that a program imports, also by a name in `importlib.import_module`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.split(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module.split(".")[0]
            case ast.Call(
                func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name))]
            ):
                yield name.split(".")[0]


@pytest.fixture(scope="module")
def used() -> set[str]:
    """What the product's own modules import."""
    files = [path for folder in ("grader", "exercise") for path in (ROOT / folder).rglob("*.py")]
    return {name for path in files for name in imported(path.read_text("utf-8"))}


@pytest.mark.parametrize("package", CARD)
def test_package_is_a_dependency_that_is_used_and_explained(package: str, used: set[str]) -> None:
    """It is asked for at run time, pinned here and in the kit, imported, and in README's table."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert package in {re.split("[>=]", line)[0] for line in project["dependencies"]}
    for pins in ("requirements.txt", "grader/bundles/kit/requirements.txt"):
        assert re.search(rf"^{package}==", (ROOT / pins).read_text("utf-8"), re.M)
    assert CARD[package] in used
    _, table = (ROOT / "README.md").read_text("utf-8").split("| package | what it is for |")
    rows = [line.split("|")[1] for line in table.partition("\n\n")[0].splitlines() if "|" in line]
    assert package in [name.strip() for row in rows for name in row.split(",")]


def test_the_look_at_imports_can_fail(used: set[str]) -> None:
    """A tool of developers is not among them; imports of each kind are."""
    assert not used & {"mypy", "ruff", "hypothesis", "solution"}
    source = "import a.b\nfrom c.d import e\nimportlib.import_module('f.g')\nfrom . import h\n"
    assert set(imported(source)) == {"a", "c", "f"}
