"""`exercise.toml`: read, or refused with the file and the line."""

from pathlib import Path

import pytest

from grader.author.new import begin
from grader.authored import definition
from grader.core.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An exercise as `grader author new` begins it."""
    begin(tmp_path / "spread")
    return tmp_path / "spread"


def changed(folder: Path, old: str, new: str) -> Path:
    """The folder, with another text in its definition."""
    path = folder / definition.NAME
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return folder


def line_of(folder: Path, text: str) -> int:
    """The line that begins with a text."""
    lines = (folder / definition.NAME).read_text().splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(text))


def test_the_skeleton_is_whole(folder: Path) -> None:
    """Function, steps and points are read; the points of steps add up."""
    found = definition.read(folder)
    assert found.signature.function == "spread"
    assert list(found.signature.parameters) == ["params", "scale"]
    assert sum(found.points.values()) == definition.STEP_POINTS


@pytest.mark.parametrize(
    ("old", "new", "told", "line"),
    [
        ('title = "Spread', 'titel = "Spread', "titel", ""),
        ("scale: float)", "scale: float", "call has to be like", "call"),
        ("scale: float)", "scale: float = 1.0)", "call has to be like", "call"),
        ("scale = 1.0", "", "this case has to give params, scale", "[[cases]]"),
        ('centre = "', 'Centre = "', "Centre is not a name", "Centre"),
        ('hint = "What does', 'hnit = "What does', "hnit", "[faults.not-centred]"),
        ("[faults.not-centred]", "[faults.not--centred]", "not--centred", "[faults.not--centred]"),
        ('title = "the mean', "title = 3\n#", "Expected `str`", "[faults.not-centred]"),
        ("[checks]", "[checks", "line 13", ""),
        ('title = "Spread', 'highest_level = 9\ntitle = "Spread', "1 to 4", "highest_level"),
    ],
)
def test_mistakes_are_told_with_file_and_line(
    folder: Path, old: str, new: str, told: str, line: str
) -> None:
    """Whoever writes the file finds the place."""
    changed(folder, old, new)
    with pytest.raises(UsageError) as refused:
        definition.read(folder)
    assert told in str(refused.value)
    where = f"{definition.NAME}:{line_of(folder, line)}:" if line else definition.NAME
    assert where in str(refused.value)
