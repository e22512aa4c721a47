"""`grader author build` and `try`, as an author calls them: what they refuse, and where it is."""

import os
from functools import partial
from pathlib import Path

import pytest

from grader.author.new import begin
from tests.support import forked
from tests.support.authored import built

author = partial(forked.run, "grader", "author")


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built exercise, to be changed and put back."""
    return built(tmp_path_factory.mktemp("author"))


def lines_of(path: Path, text: str) -> int:
    """The first line that begins so."""
    lines = path.read_text().splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(text))


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        (
            "    return leaf\n",
            "    return leaf - jnp.mean(leaf)\n",
            "@instead_of(centre)",
            "no case",
        ),
        (
            "jnp.sum(leaf**2)",
            "jnp.mean(leaf**2) * 1.000001",
            "@instead_of(reduce)",
            "no case tells",
        ),
        ("jnp.sum(leaf**2)", "jnp.mean(leaf**2) * 1.00003", "@instead_of(reduce)", "no room"),
        (
            "    return leaf - jnp",
            "    return leaf.nothing - jnp",
            "    return leaf.no",
            "raised on",
        ),
    ],
)
def test_what_cannot_be_graded_is_not_built(
    spread: Path, old: str, new: str, line: str, told: str
) -> None:
    """A pitfall that no case shows, no room for a tolerance, a reference that raises: by line."""
    path = spread / "solution.py"
    before = path.read_text()
    assert old in before
    try:
        path.write_text(before.replace(old, new, 1))
        number = lines_of(path, line)
        done = author("build", spread)
    finally:
        path.write_text(before)
    assert done.returncode == 2
    assert told in done.stderr
    assert f"{path}:{number}: " in done.stderr


def test_a_filled_in_stub_is_not_written_over(spread: Path) -> None:
    """Whoever tries the exercise in the stub loses nothing."""
    stub = spread / "spread.py"
    before = stub.read_text()
    try:
        stub.write_text(before.replace("raise NotImplementedError", "return params"))
        done = author("build", spread)
        assert "return params" in stub.read_text()
    finally:
        stub.write_text(before)
    assert done.returncode == 2
    assert "move it first" in done.stderr


def test_building_again_gives_the_same_bytes(spread: Path, tmp_path: Path) -> None:
    """Derived files and keys hang on the two files, the secret and the libraries alone."""
    other = built(tmp_path)
    names = [p.relative_to(spread) for p in sorted(spread.rglob("*")) if p.is_file()]
    assert names == [p.relative_to(other) for p in sorted(other.rglob("*")) if p.is_file()]
    assert [n for n in names if (spread / n).read_bytes() != (other / n).read_bytes()] == []


def test_the_public_half_hangs_on_no_secret(spread: Path, tmp_path: Path) -> None:
    """Another course draws other hidden cases, and hands out the same files."""
    place = tmp_path / "spread"
    begin(place)
    secret = os.environ | {"GRADER_COURSE_SECRET": "another"}
    done = author("build", place, env=secret)
    assert done.returncode == 0
    assert "public knowledge" not in done.stdout
    public, hidden = Path("key/public.key"), Path("key/hidden.key")
    assert (place / public).read_bytes() == (spread / public).read_bytes()
    assert (place / hidden).read_bytes() != (spread / hidden).read_bytes()
    assert (place / hidden).stat().st_mode & 0o077 == 0


def test_samples_are_tried(spread: Path) -> None:
    """Each folder's name says what is expected; what comes out otherwise is said, and exits 1."""
    wrong = spread / "samples" / "not-centred" / "right.py"
    try:
        wrong.write_text((spread / "samples/correct/spread.py").read_text())
        done = author("try", spread)
    finally:
        wrong.unlink()
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("NOT")] == [
        "NOT  100  not-centred/right.py: correct, expected not-centred"
    ]
    assert len(lines) == 5


@pytest.mark.parametrize("name", ["Spread", "my-exercise", "2nd"])
def test_a_folder_is_named_for_the_function(name: str, tmp_path: Path) -> None:
    """A name that no function can have is refused before anything is written."""
    done = author("new", tmp_path / name)
    assert done.returncode == 2
    assert not (tmp_path / name).exists()


def test_nothing_is_begun_over_other_files(tmp_path: Path) -> None:
    """A folder that is not empty stays as it is."""
    (tmp_path / "notes.txt").write_text("mine")
    assert author("new", tmp_path).returncode == 2
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_what_is_not_whole_is_not_packed(tmp_path: Path) -> None:
    """An exercise that was never built, or has changed since, is neither graded nor handed out."""
    place = tmp_path / "spread"
    begin(place)
    commands = (
        ("kit", str(tmp_path / "kit.zip")),
        ("autograder", "--development", "gradescope", str(tmp_path / "g.zip")),
        ("check", str(place / "samples" / "correct" / "spread.py")),
    )
    assert [refused(place, *c) for c in commands] == ["author build"] * 3
    built_one = built(tmp_path / "other")
    definition = built_one / "exercise.toml"
    definition.write_text(definition.read_text().replace("a sum where", "the sum where"))
    assert [refused(built_one, *c) for c in commands] == ["changed since it was built"] * 3
    assert list(tmp_path.glob("*.zip")) == []


def refused(place: Path, *command: str) -> str:
    """Which of the two messages a command ends with, as a mistake in usage."""
    done = forked.run("grader", *command, "--exercise", place)
    assert done.returncode == 2, done.stdout
    told = ("changed since it was built", "author build")
    return next(words for words in told if words in done.stderr)
