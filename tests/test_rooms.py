"""The rooms of the house: which may import which, and what each offers to the others."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from grader import ROOT

# A room imports only from rooms that stand before it. ARCHITECTURE.md says what each is for.
FLOORS = (
    *("grader", "grader.start", "grader.cause", "grader.settings", "grader.wire"),
    *("grader.search", "grader.worker.walls", "grader.worker", "grader.core", "grader.sandbox"),
    *("grader.verdict", "grader.screen", "grader.notebook", "grader.grading", "grader.watch"),
    *("grader.sources", "grader.results", "grader.course", "grader.formats"),
    *("grader.classreport", "grader.html", "grader.bundles", "grader.bundles.kit"),
    *("grader.bundles.autograder", "grader.gradebook", "grader.schema", "grader.bulk"),
    *("grader.authored", "grader.author"),
    *("exercise.plan", "exercise.facts", "exercise.faults", "exercise.model"),
    *("exercise.findings", "exercise.wording", "exercise.mend", "exercise.behind"),
    *("exercise.checks", "exercise.explain", "exercise.diagnose", "exercise", "exercise.pages"),
    *("grader.wiring", "grader.kernel", "grader.cli", "grader.plugin"),
    "grader.__main__",
)
# Programs of their own, which nobody imports: they are started by their names.
PROGRAMS = ("exercise.custom_lift", "exercise.warmup", "grader.bundles.autograder.templates")
MOST_LINES = 200
PUBLIC_CALL = ("grader", "grader.kernel")  # `grader.check` in a notebook: when it is called


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    files = [*ROOT.glob("grader/**/*.py"), *ROOT.glob("exercise/**/*.py")]
    named = {".".join(file.relative_to(ROOT).with_suffix("").parts): file for file in files}
    return {name.removesuffix(".__init__"): file for name, file in named.items()}


MODULES = modules()


def is_package(name: str) -> bool:
    """Tell whether a module is a folder's."""
    return MODULES[name].name == "__init__.py"


def room(name: str) -> str:
    """The room that a module is in: its folder, or itself where that is the root."""
    parent = name.rpartition(".")[0]
    return name if is_package(name) or parent in ("grader", "exercise") else parent


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules of ours that a module imports, wherever it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in MODULES else node.module


@cache
def arrows() -> set[tuple[str, str]]:
    """Who imports whom, between rooms: a module, and what it takes of another room."""
    trees = {name: ast.parse(file.read_text("utf-8")) for name, file in MODULES.items()}
    pairs = {(name, other) for name, tree in trees.items() for other in imported(tree)}
    return {(name, other) for name, other in pairs if room(name) != room(other)}


def test_every_room_has_its_place() -> None:
    """A new room is given a floor; one that has gone is taken off the list."""
    assert {room(name) for name in MODULES} == {*FLOORS, *PROGRAMS}


@pytest.mark.parametrize("place", FLOORS)
def test_no_import_runs_up(place: str) -> None:
    """A room needs only what stands before it, so that no two need each other."""
    needed = {room(other) for name, other in arrows() if room(name) == place}
    above = {other for other in needed if FLOORS.index(other) > FLOORS.index(place)}
    assert above - ({PUBLIC_CALL[1]} if place == PUBLIC_CALL[0] else set()) == set()


def offered(place: str) -> set[str] | None:
    """The modules that a room's face declares; None for a room that is all face."""
    if not is_package(place):
        return None
    for node in ast.parse(MODULES[place].read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names = ast.literal_eval(node.value)
            return {name for name in names if f"{place}.{name}" in MODULES}
    return None


@pytest.mark.parametrize("place", [p for p in FLOORS if p in MODULES and offered(p) is not None])
def test_rooms_are_entered_by_what_they_offer(place: str) -> None:
    """What other rooms import of a room is what its face declares, no less and no more."""
    taken = {other for name, other in arrows() if room(other) == place and other != place}
    assert {name.rpartition(".")[2] for name in taken} == offered(place)


def test_modules_are_small() -> None:
    """About 150 lines, and never more than 200: what is longer is two things."""
    lines = {name: len(file.read_text("utf-8").splitlines()) for name, file in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_every_module_says_what_it_is_for() -> None:
    """The first line of a file is a sentence."""
    said = {name: ast.get_docstring(ast.parse(f.read_text("utf-8"))) for name, f in MODULES.items()}
    first = {name: (text or "").partition("\n")[0] for name, text in said.items()}
    assert [name for name, line in first.items() if not line.endswith((".", ":"))] == []


def test_few_files_lie_at_the_root() -> None:
    """A stranger sees rooms, and at most eight modules beside them."""
    assert len(list((ROOT / "grader").glob("*.py"))) <= 8


def test_tests_lie_where_what_they_test_lies() -> None:
    """Each folder of tests is named for a room; what they share is in one place."""
    folders = {f.relative_to(ROOT / "tests").as_posix() for f in ROOT.glob("tests/**/test_*.py")}
    rooms = {name.removeprefix("grader.").replace(".", "/") for name in FLOORS}
    assert {Path(f).parent.as_posix() for f in folders} - rooms == {".", "solution"}
