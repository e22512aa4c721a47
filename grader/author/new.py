"""Begins an exercise: a small one that is whole, named for its folder (the author's side)."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from grader.core.errors import UsageError

SUFFIX = ".txt"  # so that no tool takes a template for a program
NAME = "@NAME@"


def begin(folder: Path) -> list[Path]:
    """Write it to a new or empty folder; raises UsageError for any other folder or name."""
    if not folder.name.isidentifier() or not folder.name.islower():
        raise UsageError(
            f"{folder.name} is to be the name of the function: call the folder like ema_update."
        )
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty; name a new folder.")
    written = []
    for template, place in _templates(resources.files(__package__).joinpath("skeleton"), ""):
        path = folder / place.replace("exercise_name", folder.name).removesuffix(SUFFIX)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = template.read_text("utf-8").replace(NAME, folder.name)
        path.write_text(text, "utf-8", newline="\n")
        written.append(path)
    return written


def _templates(folder: Traversable, above: str) -> list[tuple[Traversable, str]]:
    """All templates below a folder, in order."""
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        place = f"{above}{entry.name}"
        found += _templates(entry, f"{place}/") if entry.is_dir() else [(entry, place)]
    return found
