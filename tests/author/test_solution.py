"""`solution.py`: its steps and pitfalls, and programs that are made of them."""

from pathlib import Path
from typing import Any

import pytest

from grader.author import solution
from grader.author.new import begin
from grader.authored import definition
from grader.core.errors import UsageError

SOLUTION = """
from grader.author import instead_of


class Layer:
    def __call__(self, x):
        return centre(x) + [reduce(x)]


def centre(x):
    return ["centre", *x]


def reduce(x, more="right"):
    return ("reduce", more, *centre(x))


def spread(params, scale):
    return Layer()([params])


@instead_of(centre)
def not_centred(x):
    return ["not", *centre(x)]


@instead_of(reduce)
def not_averaged(x, more="wrong"):
    return ["averaged", *reduce(x, more)]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The exercise that `grader author new` begins, with a solution that says what it calls."""
    begin(tmp_path / "spread")
    (tmp_path / "spread" / solution.SOLUTION).write_text(SOLUTION)
    return tmp_path / "spread"


def loaded(folder: Path) -> solution.Solution:
    """The folder's solution."""
    return solution.load(folder, definition.read(folder))


def answers(found: solution.Solution) -> dict[str, Any]:
    """What each program answers, by name."""
    told = {}
    for program in found.programs():
        with found.running(program) as function:
            told[solution.name_of(program)] = function("x", 0)
    return told


def test_programs_are_all_sets_of_pitfalls_from_different_steps(folder: Path) -> None:
    """The reference comes first, then those of one pitfall, then those of two."""
    names = [solution.name_of(program) for program in loaded(folder).programs()]
    assert names == ["", "not-centred", "not-averaged", "not-centred+not-averaged"]


def test_whatever_calls_a_step_calls_what_stands_for_it(folder: Path) -> None:
    """Methods and other steps see the pitfall; the pitfall sees the right step by its own name."""
    assert answers(loaded(folder)) == {
        "": ["centre", "x", ("reduce", "right", "centre", "x")],
        "not-centred": ["not", "centre", "x", ("reduce", "right", "not", "centre", "x")],
        "not-averaged": ["centre", "x", ["averaged", "reduce", "wrong", "centre", "x"]],
        "not-centred+not-averaged": [
            *("not", "centre", "x"),
            ["averaged", "reduce", "wrong", "not", "centre", "x"],
        ],
    }


def test_nothing_is_left_of_a_program(folder: Path) -> None:
    """After a program the module is as it was, though the program raised."""
    found = loaded(folder)
    before = dict(vars(found.module))
    with pytest.raises(KeyError), found.running(found.programs()[-1]):
        raise KeyError
    assert dict(vars(found.module)) == before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("def centre(x)", "def center(x)", "NameError"),
        ("def spread(", "def spred(", "there is no function spread (call in exercise.toml)"),
        ("@instead_of(centre)", "@instead_of(spread)", "spread is not a step that [checks]"),
        ("def not_centred", "def uncentred", "has no [faults.uncentred], its wording"),
        (
            "@instead_of(reduce)\ndef not_averaged",
            "def not_averaged",
            "no pitfall not_averaged for [faults.not-averaged]",
        ),
        ("class Layer:", "class Layer", "solution.py:5: SyntaxError"),
        ("class Layer:", "import nowhere\n\n\nclass Layer:", "solution.py:5: ModuleNotFoundError"),
    ],
)
def test_mistakes_are_told_with_file_and_line(folder: Path, old: str, new: str, told: str) -> None:
    """Whoever writes the file finds the place."""
    path = folder / solution.SOLUTION
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(UsageError) as refused:
        loaded(folder)
    assert told in str(refused.value)
    assert str(path) in str(refused.value)
